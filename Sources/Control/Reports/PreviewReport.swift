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
      for name in changed(plan) { table.add([name.text, own(name, before), outcome(name, before, after)]) }
      for name in plan.affected {
        let ends = "\(summary(after.end(of: name))) instead of \(summary(before.end(of: name)))"
        table.add([name.text, own(name, before), "same name, \(ends)"])
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

  /// What a name itself holds: `CNAME b.example.com`, `A 192.0.2.1`, `A x3`.
  private func own(_ name: DomainName, _ chains: RecordChains) -> String { summary(chains[name]) }

  /// What it holds afterwards: an alias with where it leads, addresses with those that go or come.
  private func outcome(_ name: DomainName, _ before: RecordChains, _ after: RecordChains) -> String {
    let hops = after.hops(from: name)
    if hops.count > 1 {
      return "CNAME " + (hops.dropFirst().map(\.text) + [summary(after.end(of: name))]).joined(separator: " -> ")
    }
    func addresses(_ sets: [RecordSet]) -> [String] { sets.filter { $0.type != .cname }.flatMap(\.values) }
    let (old, new) = (addresses(before[name]), addresses(after[name]))
    let gone = old.filter { !new.contains($0) }
    let come = old.isEmpty ? [] : new.filter { !old.contains($0) }
    return summary(after[name]) + (gone.isEmpty ? "" : ", without \(gone.joined(separator: " "))")
      + (come.isEmpty ? "" : ", with \(come.joined(separator: " "))")
  }

  /// Several addresses are counted: `-o json` has them all.
  private func summary(_ sets: [RecordSet]) -> String {
    if sets.isEmpty { return "nothing" }
    return sets.map { $0.values.count > 1 ? "\($0.type.rawValue) x\($0.values.count)" : $0.summary }
      .joined(separator: ", ")
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
