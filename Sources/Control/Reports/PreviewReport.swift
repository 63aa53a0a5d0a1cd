package import Federation
package import JSON

/// What `cordon`, `drain` and `what-if` print: names before and after with where they lead, capacity, caches, who else
/// has orders nearby, and what objects.
package struct PreviewReport: Sendable {
  package var preview: DrainPreview

  package init(_ preview: DrainPreview) { self.preview = preview }

  package var lines: [String] {
    var lines = preview.change.cordons.map(title) + [""]
    var table = TextTable(["NAME", "NOW", "AFTER"])
    for plan in preview.plans {
      let (before, after) = (RecordChains(plan.recordsBefore), RecordChains(plan.records))
      for name in changed(plan) { table.add([name.text, summary(name, before), summary(name, after)]) }
      for name in plan.affected {
        table.add([name.text, summary(name, before), "same name, then \(values(after.end(of: name)))"])
      }
    }
    lines += preview.plans.allSatisfy(\.changes.isEmpty) ? ["no name changes"] : table.lines
    lines.append("")
    var capacities = TextTable(["LEVEL", "STAYS", "CAPACITY", ""])
    for capacity in preview.capacity {
      capacities.add([
        "\(capacity.service) \(capacity.level.words)", "\(capacity.remaining) of \(capacity.total)",
        capacity.judgement.rawValue, [capacity.need, capacity.load].compactMap { $0 }.joined(separator: "; "),
      ])
    }
    if !preview.capacity.isEmpty { lines += capacities.lines + [""] }
    lines.append("caches    \(caches)")
    lines += preview.nearby.map { "nearby    \(standing($0))" }
    lines += preview.waits.map { "waits     \($0.rule.rawValue): \($0.why)" }
    lines += preview.objections.map { "objects   \($0.rule.rawValue): \($0.why)" }
    if preview.objections.isEmpty { lines.append("rules     none objects") }
    lines.append("plan      \(preview.planHash)")
    return lines
  }

  /// The value of `-o json`.
  package var json: JSONValue {
    [
      "targets": .array(preview.change.cordons.map { .string($0.target.description) }),
      "plan": PlanReport(preview.plans).json,
      "affected": .array(preview.affected.map { .string($0.text) }),
      "capacity": .array(
        preview.capacity.map { capacity in
          [
            "service": .string(capacity.service.description), "level": .string(capacity.level.words),
            "remaining": .integer(Int64(capacity.remaining)), "total": .integer(Int64(capacity.total)),
            "peak": capacity.peak.map { .integer(Int64($0.ready)) } ?? .null,
            "judgement": .string(capacity.judgement.rawValue),
          ]
        }),
      "shards": .integer(Int64(preview.shards)),
      "cachesEndAfterSeconds": .integer(preview.cachesEndAfter.components.seconds),
      "nearby": .array(preview.nearby.map { .string(standing($0)) }),
      "waits": .array(preview.waits.map(\.json)), "objections": .array(preview.objections.map(\.json)),
      "planHash": .string(preview.planHash),
    ]
  }

  private func title(_ cordon: Cordon) -> String {
    let what = "\(cordon.kind.rawValue) \(cordon.target)" + (cordon.service.map { " of \($0)" } ?? "")
    if cordon.reason.isEmpty { return "what if: \(what)" }
    return what + " until \(cordon.expires), because \"\(cordon.reason)\""
  }

  private var caches: String {
    guard !preview.cacheTimes.isEmpty else { return "nothing cached has to run out" }
    return "the last cached answer ends \(ageText(preview.cachesEndAfter)) after every server serves the change"
  }

  private func standing(_ cordon: Cordon) -> String {
    "\(cordon.kind.rawValue) of \(cordon.target) by \(cordon.holder) until \(cordon.expires): \"\(cordon.reason)\""
  }

  /// The names that a plan changes, in its order.
  private func changed(_ plan: ServicePlan) -> [DomainName] {
    var seen: Set<DomainName> = []
    return plan.changes.map(\.name).filter { seen.insert($0).inserted }
  }

  /// What a name holds, and for an alias where it leads: `CNAME b.example.com -> A 192.0.2.1`.
  private func summary(_ name: DomainName, _ chains: RecordChains) -> String {
    let hops = chains.hops(from: name)
    guard hops.count > 1 else { return values(chains[name]) }
    return "CNAME " + hops.dropFirst().map(\.text).joined(separator: " -> ") + " -> " + values(chains.end(of: name))
  }

  private func values(_ sets: [RecordSet]) -> String {
    sets.isEmpty ? "nothing" : sets.map(\.summary).joined(separator: "; ")
  }
}

extension Level {
  /// The level and its place in words.
  package var words: String {
    switch self {
    case .zone(let zone, _): "zone \(zone)"
    case .region(let region): "region \(region)"
    case .global: "global"
    }
  }
}
