/// Which safety rules are in force: all of them, except in a test that takes one out to see what it was for.
///
/// No configuration, command or object can name this value; only a test says ``without(_:)``. What each rule stops is
/// decided where its name is written:
///
/// | rule | where it is kept |
/// |---|---|
/// | never-empty | ``PlanningContext``: no shard healthy keeps what is published |
/// | fail-static | ``PlanningContext``: ``PlanningContext/frozen`` stops every change |
/// | quorum | ``PlanningContext``: an unreachable cluster is held; without it silence alone withdraws it |
/// | mass-change, minimum-healthy-zones | ``PlanningContext``: shares of removals; what an order would leave |
/// | no-dangling | ``PlanningContext``: parents before aliases; without it an alias may lead nowhere, and comes first; declared aliases likewise |
/// | owned | ``PlanningContext``: sets that no mark of ours covers; without it all sets and marks count as ours |
/// | isolation | ``PlanningContext``: one bad cluster; without it all of the service stops |
/// | whole-reads, idempotent, read-back, flap-damping, one-drain, single-writer, fenced | Control's core |
///
/// Providers keep `atomic` and their half of `fenced`; `audited`, `break-glass` and `clean-text` are not kept by a plan.
package struct SafetyRules: Hashable, Sendable {
  private var removed: Set<SafetyRule> = []

  package static let all = SafetyRules()

  private init() {}

  /// All of these but one: for tests.
  package func without(_ rule: SafetyRule) -> SafetyRules {
    var fewer = self
    fewer.removed.insert(rule)
    return fewer
  }

  package func contains(_ rule: SafetyRule) -> Bool { removed.isEmpty || !removed.contains(rule) }
}
