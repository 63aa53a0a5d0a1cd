import Control
import Federation
import Terminal

/// One name in a plan: what it holds before and after, and where it leads.
struct PlanRow: Hashable {
  let name: DomainName
  let before: [RecordSet]
  let after: [RecordSet]
  /// The names that an alias leads through after the name itself; empty for addresses.
  let hopsBefore: [DomainName]
  let hopsAfter: [DomainName]
  /// What it leads to in the end.
  let endBefore: [RecordSet]
  let endAfter: [RecordSet]

  /// Whether the name stays as it is and only leads elsewhere.
  var isUnchanged: Bool { before == after }

  /// The names that a plan changes, what becomes an alias first, then zones before regions before the global name.
  static func changed(by plan: ServicePlan) -> [PlanRow] {
    let rows = rows(of: Set(plan.changes.map(\.name)), in: plan)
    func height(_ name: DomainName) -> Int { name.text.utf8.count { $0 == UInt8(ascii: ".") } }
    return rows.sorted { left, right in
      let (one, two) = (left.after.contains { $0.type == .cname }, right.after.contains { $0.type == .cname })
      if one != two { return one }
      return (height(right.name), left.name.text) < (height(left.name), right.name.text)
    }
  }

  /// The names that stay as they are and lead elsewhere; those first whose chain ends nearest.
  static func affected(by plan: ServicePlan) -> [PlanRow] {
    func height(_ row: PlanRow) -> Int { row.hopsAfter.last?.text.utf8.count { $0 == UInt8(ascii: ".") } ?? 0 }
    return rows(of: Set(plan.affected), in: plan).sorted { (height($1), $0.name) < (height($0), $1.name) }
  }

  private static func rows(of names: Set<DomainName>, in plan: ServicePlan) -> [PlanRow] {
    let (old, new) = (RecordChains(plan.recordsBefore), RecordChains(plan.records))
    return names.sorted().map { name in
      PlanRow(
        name: name, before: old[name], after: new[name], hopsBefore: Array(old.hops(from: name).dropFirst()),
        hopsAfter: Array(new.hops(from: name).dropFirst()), endBefore: old.end(of: name), endAfter: new.end(of: name))
    }
  }

  /// Addresses that the name itself loses.
  var leaving: [String] {
    let kept = Set(after.flatMap(\.values))
    return before.filter { $0.type != .cname }.flatMap(\.values).filter { !kept.contains($0) }
  }

  /// Addresses that the name itself gains.
  var entering: [String] {
    let had = Set(before.flatMap(\.values))
    return after.filter { $0.type != .cname }.flatMap(\.values).filter { !had.contains($0) }
  }

  /// Where an alias leads after the name that it holds: further names by their labels, and the end.
  func further(_ folding: NameFolding, _ glyphs: Glyphs) -> [String] {
    guard !hopsAfter.isEmpty else { return [] }
    return hopsAfter.dropFirst().map { folding.label(of: $0) } + [holdsText(endAfter, glyphs: glyphs)]
  }
}
