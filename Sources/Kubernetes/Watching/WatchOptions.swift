/// How a collection is watched.
package struct WatchOptions: Sendable {
  package var labelSelector: String?
  package var fieldSelector: String?
  /// How many objects a page of the list may have.
  package var pageSize: Int
  /// How long a watch may be silent, bookmarks included, before it is opened anew. Servers send about one bookmark a
  /// minute.
  package var silence: Duration
  package var backoff: Backoff
  /// Whether a slow reader is told every state of an object, rather than the last one.
  package var keepsEveryState: Bool
  /// A random number from 0 up to 1, for the backoff's jitter.
  package var random: @Sendable () -> Double
  /// Waits, or throws when the task is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    labelSelector: String? = nil, fieldSelector: String? = nil, pageSize: Int = 500, silence: Duration = .seconds(75),
    backoff: Backoff = Backoff(), keepsEveryState: Bool = false,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.pageSize = pageSize
    self.silence = silence
    self.backoff = backoff
    self.keepsEveryState = keepsEveryState
    self.random = random
    self.sleep = sleep
  }
}

/// How long to wait before trying again: full jitter below a limit that doubles with each failure.
package struct Backoff: Hashable, Sendable {
  package var base: Duration
  package var maximum: Duration

  package init(base: Duration = .milliseconds(250), maximum: Duration = .seconds(15)) {
    self.base = base
    self.maximum = maximum
  }

  /// The wait after so many failures in a row.
  ///
  /// - Parameter random: from 0 up to 1.
  package func delay(failures: Int, random: Double) -> Duration {
    guard failures > 0 else { return .zero }
    let limit = min(maximum, base * (1 << min(failures - 1, 20)))
    return limit * random
  }
}
