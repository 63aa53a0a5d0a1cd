/// What one vantage point has found at one address: an answer is believed at once, silence after two in a row.
package struct ProbeHistory: Hashable, Sendable {
  package private(set) var isReachable: Bool
  /// When that began.
  package private(set) var since: Timestamp
  /// Why it does not answer; one line.
  package private(set) var message: String?
  private var failures = 0

  /// Probes in a row without an answer that it takes to believe them.
  package static let patience = 2

  /// Begins with the first finding; what has not answered even once counts as silent from the second try on.
  package init(isReachable: Bool, message: String? = nil, at time: Timestamp) {
    self.isReachable = true
    self.since = time
    record(isReachable: isReachable, message: message, at: time)
  }

  /// Takes one probe.
  ///
  /// - Returns: whether what is believed has changed.
  @discardableResult
  package mutating func record(isReachable answers: Bool, message: String? = nil, at time: Timestamp) -> Bool {
    if answers {
      failures = 0
      self.message = nil
      guard !isReachable else { return false }
      isReachable = true
      since = time
      return true
    }
    failures = min(failures + 1, Self.patience)
    self.message = message
    guard isReachable, failures >= Self.patience else { return false }
    isReachable = false
    since = time
    return true
  }

  /// Whether it has just failed, and a sooner second look is worth it.
  package var isSuspicious: Bool { failures > 0 }
}
