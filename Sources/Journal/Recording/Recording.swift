package import Control
package import Federation
import Resolution

/// What was seen, moment by moment: of a session in memory, or of a journal. A value; the same moment always gives the
/// same picture.
///
/// Bounded: the oldest goes first. A picture costs at most ``wholeEvery`` changes from a whole one.
package struct Recording: Sendable {
  private struct Moment: Sendable {
    var time: Timestamp
    var content: Content
    enum Content: Sendable {
      case whole(FederationSnapshot)
      case change(PictureChange)
    }
  }
  private var moments: [Moment] = []
  private var differ = PictureDiffer()
  /// The picture after the last moment.
  private var last: FederationSnapshot?
  /// Changes since the last whole picture.
  private var changes = 0
  private let limit: Int
  /// When something changed, oldest first, each time once: pictures that say more than that something was heard again,
  /// and what operators asked for.
  package private(set) var turns: [Timestamp] = []
  /// Oldest first.
  package private(set) var deeds: [Deed] = []
  /// Every event that a picture had, oldest first.
  package private(set) var events: [Event] = []
  var traces: [DomainName: [(time: Timestamp, trace: Trace)]] = [:]
  var traceCount = 0
  var previews: [(time: Timestamp, preview: DrainPreview)] = []

  static let wholeEvery = 64
  static let mostDeeds = 2_000
  static let mostEvents = 5_000

  /// - Parameter limit: How many moments are kept, at least; a quarter more at most.
  package init(limit: Int = 4_000) { self.limit = max(limit, Self.wholeEvery) }

  package var isEmpty: Bool { moments.isEmpty }
  /// When the first and the last picture were seen; nil when there is none.
  package var start: Timestamp? { moments.first?.time }
  package var end: Timestamp? {
    moments.isEmpty ? nil : max(moments[moments.count - 1].time, turns.last ?? .distantPast)
  }

  /// How many services are not the very same as in the last picture. Cost: a look at each service.
  package func changedServices(in snapshot: FederationSnapshot) -> Int {
    guard let last, last.services.count == snapshot.services.count else { return snapshot.services.count }
    return zip(last.services, snapshot.services).count { !$0.isSame(as: $1) }
  }

  /// Takes a picture that has just come, if it says anything new.
  package mutating func see(_ snapshot: FederationSnapshot) {
    if let entry = differ.entry(for: snapshot) { add(entry) }
  }

  /// Takes the next entry. Times never go back: an earlier one counts as the last.
  package mutating func add(_ entry: JournalEntry) {
    let time = max(entry.time, end ?? entry.time)
    switch entry.content {
    case .picture(let picture):
      let isTurn = last.map { PictureChange(from: $0, to: picture)?.isQuiet != true } ?? true
      append(Moment(time: time, content: .whole(picture)), picture, isTurn: isTurn)
    case .change(let change):
      guard let last else { return }
      append(Moment(time: time, content: .change(change)), change.applied(to: last), isTurn: !change.isQuiet)
    case .trace(let trace): keep(trace, at: time)
    case .preview(let preview): keep(preview, at: time)
    case .intent(let intent, let by):
      deeds.append(Deed(time: time, intent: intent, by: by))
      if deeds.count > Self.mostDeeds { deeds.removeFirst() }
      turn(time)
    case .result(let result, let intent, let by):
      if let index = deeds.lastIndex(where: { $0.intent == intent && $0.by == by && $0.result == nil }) {
        deeds[index].result = result
        deeds[index].answered = time
      } else {
        deeds.append(Deed(time: time, intent: intent, by: by, result: result, answered: time))
      }
      turn(time)
    }
  }

  private mutating func append(_ moment: Moment, _ picture: FederationSnapshot, isTurn: Bool) {
    var moment = moment
    // Whole pictures keep the way to any moment short.
    if case .change = moment.content, changes + 1 >= Self.wholeEvery { moment.content = .whole(picture) }
    if case .whole = moment.content { changes = 0 } else { changes += 1 }
    if picture.events != last?.events {
      let known = EventsChange(from: last?.events ?? [], to: picture.events)
      events += known.new.reversed()
      if events.count > Self.mostEvents { events.removeFirst(events.count - Self.mostEvents) }
    }
    moments.append(moment)
    last = picture
    if isTurn { turn(moment.time) }
    if moments.count > limit + limit / 4 { forgetOldest() }
  }

  private mutating func turn(_ time: Timestamp) {
    if turns.last != time { turns.append(time) }
  }

  private mutating func forgetOldest() {
    let cut = moments.count - limit
    let whole = moments[cut...].firstIndex { if case .whole = $0.content { true } else { false } }
    guard let whole else { return }
    moments.removeFirst(whole)
    turns.removeFirst(turns.firstIndex { $0 >= moments[0].time } ?? turns.count)
  }

  /// The picture of a moment: the last one that had come by then, else the first; nil when there is none.
  package func picture(at time: Timestamp) -> FederationSnapshot? {
    guard !moments.isEmpty else { return nil }
    let position = max(0, moments.partitioningIndex { $0.time > time } - 1)
    if position == moments.count - 1 { return last }
    var first = position
    while first > 0, case .change = moments[first].content { first -= 1 }
    guard case .whole(var picture) = moments[first].content else { return nil }
    for moment in moments[first...position].dropFirst() {
      if case .change(let change) = moment.content { picture = change.applied(to: picture) }
    }
    return picture
  }

  /// How many of ``turns`` lie at or before a moment.
  package func turnsUntil(_ time: Timestamp) -> Int { turns.partitioningIndex { $0 > time } }

  /// Every picture at which something had changed, oldest first, until a moment.
  func pictures(until end: Timestamp, _ visit: (Timestamp, FederationSnapshot) -> Void) {
    var picture: FederationSnapshot?
    for moment in moments where moment.time <= end {
      switch moment.content {
      case .whole(let whole): picture = whole
      case .change(let change): picture = picture.map(change.applied)
      }
      if let picture { visit(moment.time, picture) }
    }
  }
}

extension Array {
  /// The first position where a condition holds that holds for all after it.
  func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Timestamp {
  fileprivate static let distantPast = Timestamp(nanoseconds: .min)
}
