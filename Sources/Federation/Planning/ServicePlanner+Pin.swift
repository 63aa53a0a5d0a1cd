extension ServicePlanner {
  /// Puts the addresses of an earlier generation where they were then, in place of those that health alone would give.
  ///
  /// What is drained or cordoned stays out: that is somebody's order too. What is known not to serve stays out unless the
  /// order's holder overrode that (rule known-dead).
  mutating func hold(to pin: Pin) {
    let living = Set(v4[NameTable.global] + v6[NameTable.global])
    let ordered = orderedOut()
    var sets: [DomainName: [RecordSet]] = [:]
    for set in pin.records { sets[set.name, default: []].append(set) }
    var dead: Set<String> = []
    for slot in used.indices where used[slot] {
      let then = sets.removeValue(forKey: name(slot)) ?? []
      func addresses(_ type: RecordType) -> [String] {
        let wanted = then.filter { $0.type == type }.flatMap(\.values).filter { !ordered.contains($0) }
        guard !pin.bringsBackDead else { return wanted }
        dead.formUnion(wanted.filter { !living.contains($0) })
        return wanted.filter(living.contains)
      }
      v4[slot] = addresses(.a)
      v6[slot] = addresses(.aaaa)
    }
    if !retained.isEmpty { retain() }
    if !dead.isEmpty {
      hold(
        .knownDead, globalName,
        "\(dead.sorted().prefix(4).joined(separator: ", ")) does not serve now: generation \(pin.generation) comes back without it"
      )
    }
    if let lost = sets.values.joined().filter({ $0.type != .cname }).map(\.name).min() {
      hold(
        .isolation, lost, "no cluster lies at \(lost.text) any more: generation \(pin.generation) comes back without it"
      )
    }
  }

  /// Addresses that an order keeps or takes out.
  private func orderedOut() -> Set<String> {
    let clusters = Set(verdicts.filter { $0.reason == .drained || $0.reason == .cordoned }.map(\.cluster))
    guard !clusters.isEmpty else { return [] }
    return Set(service.shards.filter { clusters.contains($0.cluster) }.flatMap { context.addresses(of: $0).resolved })
  }
}
