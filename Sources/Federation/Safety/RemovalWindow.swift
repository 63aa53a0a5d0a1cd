/// What has been removed federation-wide in the current window: the figures that mass-change compares.
///
/// Control keeps one, adds the removals of every plan it applies, and begins a new one when the window has passed.
package struct RemovalWindow: Hashable, Sendable {
  /// Addresses that all services publish or are about to, each counted once a service.
  package var published: Int
  package var removed = Removals()
  /// Services whose names were deleted.
  package var deletions = 0

  package init(published: Int) { self.published = published }

  /// Counts what a plan that was applied took away.
  package mutating func add(_ removals: Removals) {
    removed.reported += removals.reported
    removed.vanished += removals.vanished
    removed.deleted += removals.deleted
    if removals.deleted > 0 { deletions += 1 }
  }

  /// Which kinds of removal mass-change stops when `pending` is added to what the window has seen.
  ///
  /// The deletion of one single service is an order about that service and always free; those of several in one window
  /// count as vanished. A share is compared with what would be published without the removals, so that a plan which is
  /// stopped stays stopped when it is made again.
  func stopped(_ pending: RemovalWindow, in context: PlanningContext) -> StoppedRemovals {
    var stopped = StoppedRemovals()
    guard context.rules.contains(.massChange), !context.overrides.contains(.massChange) else { return stopped }
    let total = max(1, published, pending.published)
    let limits = context.limits
    let reported = removed.reported + pending.removed.reported
    if pending.removed.reported > 0, Double(reported) / Double(total) > limits.healthChangeShare {
      stopped.reported = sentence(
        reported, total, limits.healthChangeShare, "when clusters report them without a ready endpoint")
    }
    let deleted = deletions + pending.deletions > 1 ? removed.deleted + pending.removed.deleted : 0
    let vanished = removed.vanished + pending.removed.vanished + deleted
    if Double(vanished) / Double(total) > limits.massChangeShare {
      let why = sentence(vanished, total, limits.massChangeShare, "because they vanished or were ordered out")
      if pending.removed.vanished > 0 { stopped.vanished = why }
      if deleted > 0 { stopped.deleted = why }
    }
    return stopped
  }

  private func sentence(_ removed: Int, _ total: Int, _ share: Double, _ condition: String) -> String {
    func percent(_ share: Double) -> Int { Int(min(max(share, 0), 10) * 100 + 0.5) }
    return
      "this would remove \(removed) of \(total) published addresses (\(percent(Double(removed) / Double(total))) %)"
      + " and at most \(percent(share)) % may go \(condition): check that it is meant, then override mass-change"
  }
}

/// The kinds of removal that mass-change stops, each with its sentence.
struct StoppedRemovals {
  var reported: String?
  var vanished: String?
  var deleted: String?

  var isEmpty: Bool { reported == nil && vanished == nil && deleted == nil }
}
