/// What one place has found at every address that it probes, and which of them to probe next.
///
/// All of them every fourth round; those that are suspicious, because their last probe failed or because their cluster's
/// API is silent, every round.
package struct ProbeBook: Sendable {
  package private(set) var histories: [ProbeTarget: ProbeHistory] = [:]
  private var round = 0

  package static let roundsPerInterval = 4

  package init() {}

  /// The targets of the next round, sorted; what is no target any more is forgotten.
  package mutating func next(_ targets: Set<ProbeTarget>, suspicious: Set<ProbeTarget>) -> [ProbeTarget] {
    let isWhole = round % Self.roundsPerInterval == 0
    round += 1
    for target in histories.keys where !targets.contains(target) { histories[target] = nil }
    return targets.filter { target in
      guard !isWhole, let history = histories[target] else { return true }
      return suspicious.contains(target) || history.isSuspicious
    }.sorted()
  }

  /// Takes what a round has found: nil where something answered, else one line why not.
  ///
  /// - Returns: whether something is believed that was not before.
  package mutating func take(_ answers: [ProbeTarget: String?], at time: Timestamp) -> Bool {
    var hasChanged = false
    for (target, failure) in answers {
      let isReachable = failure == nil
      if histories[target] == nil {
        histories[target] = ProbeHistory(isReachable: isReachable, message: failure, at: time)
        hasChanged = true
      } else if histories[target]?.record(isReachable: isReachable, message: failure, at: time) == true {
        hasChanged = true
      }
    }
    return hasChanged
  }
}
