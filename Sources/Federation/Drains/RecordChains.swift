/// Where names lead among record sets: an alias is followed until a name has none.
package struct RecordChains: Sendable {
  private let sets: [DomainName: [RecordSet]]
  /// Names are followed at most this far; a resolver gives up near it too.
  private static let longest = 11

  package init(_ records: some Sequence<RecordSet>) { sets = Dictionary(grouping: records, by: \.name) }

  /// What stands at a name itself.
  package subscript(name: DomainName) -> [RecordSet] { sets[name] ?? [] }

  /// The names that a name leads through, itself first.
  package func hops(from name: DomainName) -> [DomainName] {
    var hops = [name]
    while hops.count <= Self.longest, let last = hops.last,
      let target = self[last].first(where: { $0.type == .cname })?.values.first
    {
      hops.append(DomainName(canonical: target))
    }
    return hops
  }

  /// What a name leads to in the end: the sets of the last name of its chain.
  package func end(of name: DomainName) -> [RecordSet] { self[hops(from: name).last ?? name] }
}

extension ServicePlan {
  /// All that is published before the plan is applied.
  package var recordsBefore: [RecordSet] {
    var sets: [RecordKey: RecordSet] = [:]
    for set in records { sets[set.key] = set }
    for change in changes { if let after = change.after { sets[after.key] = nil } }
    for change in changes { if let before = change.before { sets[before.key] = before } }
    return sets.values.sorted { $0.key < $1.key }
  }

  /// Aliases that stay as they are and end elsewhere once the plan is applied.
  package var affected: [DomainName] {
    guard !changes.isEmpty else { return [] }
    let (before, after) = (RecordChains(recordsBefore), RecordChains(records))
    return Set(records.filter { $0.type == .cname }.map(\.name))
      .filter { before[$0] == after[$0] && before.end(of: $0) != after.end(of: $0) }.sorted()
  }
}
