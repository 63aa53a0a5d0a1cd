/// What is known of one cluster's API, as a state machine over its probes (DNS knows it as ``ClusterCondition``).
///
/// Ready after one good probe, not ready or unreachable after three bad ones in a row, withdrawn only on evidence.
/// A cluster that was never heard of is unreachable: unknown, which is held, and not unhealthy.
package struct ClusterProbe: Hashable, Sendable {
  package private(set) var condition: ClusterCondition
  /// When the condition began.
  package private(set) var since: Timestamp
  /// When a probe was last answered; nil if never.
  package private(set) var lastHeard: Timestamp?
  /// When the first of the bad probes in a row came; nil after a good one.
  package private(set) var silentSince: Timestamp?
  private var badInARow = 0

  /// Bad probes in a row that it takes to believe them.
  package static let patience = 3

  /// What one probe found.
  package enum Outcome: Hashable, Sendable {
    case ready
    /// It answered, and said that it is not ready.
    case notReady
    /// No answer within the probe's own time.
    case unreachable
  }

  package init(start: Timestamp) {
    condition = .unreachable
    since = start
  }

  /// Takes in one probe.
  ///
  /// - Returns: whether the condition changed.
  @discardableResult
  package mutating func record(_ outcome: Outcome, at time: Timestamp) -> Bool {
    if outcome == .unreachable {
      silentSince = silentSince ?? time
    } else {
      lastHeard = time
      silentSince = nil
    }
    guard outcome != .ready else {
      badInARow = 0
      return become(.ready, at: time)
    }
    badInARow = min(badInARow + 1, ClusterProbe.patience)
    guard badInARow >= ClusterProbe.patience else { return false }
    if condition == .withdrawn, outcome == .unreachable { return false }
    return become(outcome == .notReady ? .notReady : .unreachable, at: time)
  }

  /// Withdraws a cluster that has been unreachable long enough, when independent evidence agrees (rule quorum).
  ///
  /// - Returns: whether the condition changed.
  @discardableResult
  package mutating func withdraw(on evidence: DataPlaneEvidence, after limit: Duration, at time: Timestamp) -> Bool {
    guard condition == .unreachable, time - min(silentSince ?? since, since) >= limit, evidence.isEnough else {
      return false
    }
    return become(.withdrawn, at: time)
  }

  private mutating func become(_ next: ClusterCondition, at time: Timestamp) -> Bool {
    guard next != condition else { return false }
    condition = next
    since = time
    return true
  }
}

/// What probing a cluster's published addresses themselves found: evidence that does not pass through its API.
package struct DataPlaneEvidence: Hashable, Sendable {
  /// Vantage points that see nothing of the cluster answer.
  package var votes: Int
  /// How many of them it takes.
  package var needed: Int

  package init(votes: Int, needed: Int) {
    self.votes = votes
    self.needed = needed
  }

  /// Whether enough agree. Where nobody looked there is no evidence.
  package var isEnough: Bool { votes > 0 && votes >= needed }
}
