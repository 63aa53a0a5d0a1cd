/// Whether it is the observer that is blind (rule fail-static): too many clusters were lost within one window.
///
/// Once frozen, DNS stays frozen until the share of lost clusters is within the limit again; that the window has passed
/// is no reason to believe that one sees.
package struct ObserverLoss: Hashable, Sendable {
  package let window: Duration
  package private(set) var isFrozen = false
  private var lost: [String: Timestamp] = [:]

  package init(window: Duration) { self.window = window }

  /// Notes that a cluster has become unreachable.
  package mutating func lose(_ cluster: String, at time: Timestamp) {
    if lost[cluster] == nil { lost[cluster] = time }
  }

  /// Notes that a cluster answers again, or is no member any more.
  package mutating func find(_ cluster: String) { lost[cluster] = nil }

  /// Judges anew.
  ///
  /// - Parameters:
  ///   - members: how many clusters there are.
  ///   - share: the share of them whose loss within one window is too much.
  /// - Returns: why DNS is frozen, for ``PlanningContext/frozen``; nil when it is not.
  package mutating func judge(members: Int, share: Double, at time: Timestamp) -> String? {
    let limit = share * Double(max(1, members))
    let recent = lost.values.count { time - $0 <= window }
    if Double(recent) > limit { isFrozen = true }
    if Double(lost.count) <= limit { isFrozen = false }
    guard isFrozen else { return nil }
    return
      "\(lost.count) of \(members) clusters were lost at once, which says more about the observer than about them: "
      + "DNS stays as it is until they answer, or fail-static is overridden"
  }
}
