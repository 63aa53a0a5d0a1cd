import Federation

/// What readers get from a zone in one state, as far as the promises are about it.
struct ZoneFacts: Hashable {
  /// The names, by their place among all, that give at least one address in the end.
  var answering: UInt32 = 0
  /// The clusters, by number, whose address the global name gives.
  var serving: UInt32 = 0
  /// An alias that leads to no address, in a circle, or too far.
  var dangling: String?
  /// Whether everything of somebody else's is there as it was.
  var isForeignWhole = true

  /// Aliases in a row that resolvers are sure to follow.
  static let longestChain = 8

  init(_ sets: some Sequence<RecordSet>, names: [DomainName], world: SmallWorld) {
    var byKey: [RecordKey: RecordSet] = [:]
    for set in sets { byKey[set.key] = set }
    func addresses(_ name: DomainName) -> [String]? {
      var current = name
      for _ in 0...Self.longestChain {
        let found = [RecordType.a, .aaaa].flatMap { byKey[RecordKey(name: current, type: $0)]?.values ?? [] }
        if !found.isEmpty { return found }
        guard let target = byKey[RecordKey(name: current, type: .cname)]?.values.first else { return nil }
        current = DomainName(canonical: target)
      }
      return nil
    }
    for (index, name) in names.enumerated() where addresses(name) != nil { answering |= 1 << UInt32(index) }
    let global = names.first.flatMap(addresses) ?? []
    for (index, cluster) in world.clusters.enumerated() where global.contains(cluster.address) {
      serving |= 1 << UInt32(index)
    }
    for set in byKey.values.sorted(by: { $0.key < $1.key })
    where set.type == .cname && addresses(set.name) == nil && !world.foreign.contains(set) {
      dangling = set.name.text
    }
    isForeignWhole = world.foreign.allSatisfy { byKey[$0.key] == $0 }
  }
}
