package import Federation
package import JSON

/// What `zonetop plan` prints: the ordered difference between what is published and what should be, and what is held.
package struct PlanReport: Sendable {
  package var plans: [ServicePlan]

  package init(_ plans: [ServicePlan]) { self.plans = plans.sorted { $0.service < $1.service } }

  /// Whether there is nothing to do and nothing is held.
  package var isInStep: Bool { plans.allSatisfy { $0.changes.isEmpty && $0.held.isEmpty } }

  /// The lines of `-o table`.
  package var lines: [String] {
    if isInStep { return ["nothing to change: what is published is what should be"] }
    var table = TextTable(["SERVICE", "ACTION", "NAME", "BEFORE", "AFTER"])
    for plan in plans {
      for change in plan.changes {
        table.add([
          plan.service.description, change.action.rawValue, change.name.text, change.before?.summary ?? "-",
          change.after?.summary ?? "-",
        ])
      }
    }
    let changes = plans.contains { !$0.changes.isEmpty } ? table.lines : []
    return changes
      + plans.flatMap(\.held).map { "held  \($0.rule.rawValue)  \($0.name?.text ?? $0.service.description)  \($0.why)" }
  }

  /// The value of `-o json`: the same shape as `plan -f` prints.
  package var json: JSONValue {
    [
      "records": .array(plans.flatMap(\.records).map(\.json)),
      "changes": .array(plans.flatMap { plan in plan.changes.map { json($0, of: plan.service) } }),
      "held": .array(plans.flatMap(\.held).map(\.json)),
      "verdicts": .array(plans.flatMap(\.verdicts).map(json)),
    ]
  }

  private func json(_ change: Change, of service: ServiceKey) -> JSONValue {
    [
      "service": .string(service.description), "action": .string(change.action.rawValue),
      "name": .string(change.name.text), "before": change.before?.json ?? .null, "after": change.after?.json ?? .null,
    ]
  }

  private func json(_ verdict: Verdict) -> JSONValue {
    [
      "service": .string(verdict.service.description), "cluster": .string(verdict.cluster),
      "healthy": .bool(verdict.isHealthy), "reason": .string(verdict.reason.rawValue),
    ]
  }
}
