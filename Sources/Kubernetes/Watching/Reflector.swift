/// Decides, for one watched collection, what to ask the server next and what to tell of its answers.
///
/// A value without clock or I/O: the driver performs ``next()`` and reports what came of it. A list is told only when
/// all its pages are there. Where a watch broke off it goes on from the last version seen; only a version that is too
/// old (410), or an error inside the watch, leads to a new list, and lists never follow one another without a growing
/// wait in between.
struct Reflector<Object: WatchedObject>: Sendable {
  enum Step: Hashable, Sendable {
    /// Reads a page; an empty token starts anew, `isPaged` is false when pages expired before they could all be read.
    case list(continueToken: String, isPaged: Bool)
    case watch(resourceVersion: String)
    case wait(Duration)
  }

  /// How a watch ended that had been opened.
  enum Ending: Hashable, Sendable {
    /// The server closed it, as it does every few minutes.
    case closed
    /// The connection broke, or nothing came for too long.
    case lost
    /// The server sent an error inside the watch.
    case failed(KubernetesError)
  }

  private var backoff: Backoff
  private var items: [Object] = []
  private var continueToken = ""
  private var pages = 0
  private var isPaged = true
  private var needsList = true
  private var resourceVersion = ""
  private var delay = Duration.zero
  /// Failures, and watches that ended at once, without a calm watch between them.
  private var unrest = 0
  private var interruption: KubernetesError.Code?

  /// A watch that lasts this long shows that all is well again.
  static var calm: Duration { .seconds(5) }
  /// No collection has this many pages; a server that says so is going in circles.
  static var mostPages: Int { 20_000 }

  init(backoff: Backoff) { self.backoff = backoff }

  /// What to do now.
  mutating func next() -> Step {
    if delay > .zero {
      defer { delay = .zero }
      return .wait(delay)
    }
    return needsList ? .list(continueToken: continueToken, isPaged: isPaged) : .watch(resourceVersion: resourceVersion)
  }

  /// A page arrived.
  mutating func received(_ page: ListPage<Object>, random: Double) -> [WatchUpdate<Object>] {
    pages += 1
    guard pages < Reflector.mostPages, page.continueToken.isEmpty || page.continueToken != continueToken else {
      startOver()
      return failed(KubernetesError(.incomplete, "the server's list has no end"), random: random)
    }
    items += page.items
    if !page.continueToken.isEmpty {
      continueToken = page.continueToken
      return []
    }
    let whole = items
    startOver()
    isPaged = true
    needsList = false
    resourceVersion = page.resourceVersion
    return [.replaced(whole)] + recovered()
  }

  /// A watch was accepted.
  mutating func opened() -> [WatchUpdate<Object>] { recovered() }

  /// An event arrived.
  mutating func received(_ event: WatchEvent<Object>) -> [WatchUpdate<Object>] {
    if !event.resourceVersion.isEmpty { resourceVersion = event.resourceVersion }
    return switch event.kind {
    case .applied(let object): [.applied(object)]
    case .removed(let key): [.removed(key)]
    case .bookmark: []
    }
  }

  /// A watch ended.
  ///
  /// - Parameter lasted: how long it had been open.
  mutating func ended(_ ending: Ending, lasted: Duration, random: Double) -> [WatchUpdate<Object>] {
    if lasted >= Reflector.calm { unrest = 0 }
    if case .failed(let error) = ending {
      needsList = true
      startOver()
      if error.code != .gone { return failed(error, random: random) }
    }
    guard lasted < Reflector.calm else { return [] }
    // The first time it may be chance; from then on it costs a growing wait.
    delay = backoff.delay(failures: unrest, random: random)
    unrest += 1
    return []
  }

  /// A list, or the opening of a watch, failed.
  mutating func failed(_ error: KubernetesError, random: Double) -> [WatchUpdate<Object>] {
    let isExpired = error.code == .gone
    if isExpired {
      // Pages that expire while they are read are asked for in one piece the next time.
      if needsList, !continueToken.isEmpty { isPaged = false }
      needsList = true
    }
    if needsList { startOver() }
    delay = backoff.delay(failures: isExpired ? unrest : unrest + 1, random: random)
    unrest += 1
    if let wait = error.retryAfter { delay = max(delay, wait) }
    guard !isExpired || unrest > 3, interruption != error.code else { return [] }
    interruption = error.code
    return [.interrupted(error)]
  }

  private mutating func startOver() {
    items = []
    continueToken = ""
    pages = 0
  }

  private mutating func recovered() -> [WatchUpdate<Object>] {
    defer { interruption = nil }
    return interruption == nil ? [] : [.restored]
  }
}
