extension ServicePlanner {
  /// An address and the names that it goes to.
  private struct Entry {
    let address: String
    let isV6: Bool
    let zones: [Int]
    let region: Int
  }

  /// Judges every shard and computes the addresses of every level.
  mutating func judge() {
    var entries: [Entry] = []
    entries.reserveCapacity(service.shards.count)
    verdicts.reserveCapacity(service.shards.count)
    var waiting: [Waiting] = []
    for shard in distinctShards {
      let (resolved, hasUnresolved) = context.addresses(of: shard)
      let place = context.table.places[shard.cluster]
      var reason = context.health(of: shard, at: place, resolved: resolved, hasUnresolved: hasUnresolved)
      if let place, isNamed(shard, at: place) {
        used[NameTable.global] = true
        used[place.region] = true
        for zone in place.zones { used[zone] = true }
        if reason == .healthy || reason == .clusterUnreachable {
          if reason == .healthy, waits(shard, at: place, resolved) {
            waiting.append(Waiting(verdict: verdicts.count, shard: shard, place: place, resolved: resolved))
            reason = .damped
          } else {
            admit(shard, place, resolved, &reason, into: &entries)
          }
        }
      }
      verdicts.append(
        Verdict(service: service.key, cluster: shard.cluster, isHealthy: reason == .healthy, reason: reason))
    }
    if !waiting.isEmpty { settle(waiting, into: &entries) }
    entries.sort { $0.address < $1.address }
    for entry in entries {
      for zone in entry.zones { append(entry, to: zone) }
      append(entry, to: entry.region)
      append(entry, to: NameTable.global)
    }
    if !retained.isEmpty { retain() }
  }

  /// A shard that is healthy and waits before it may return.
  private struct Waiting {
    let verdict: Int
    let shard: Shard
    let place: NameTable.Place
    let resolved: [String]
  }

  /// Whether flap-damping keeps a healthy shard from entering; what serves goes on serving.
  private func waits(_ shard: Shard, at place: NameTable.Place, _ resolved: [String]) -> Bool {
    guard !context.damped.isEmpty, context.rules.contains(.flapDamping), !context.overrides.contains(.flapDamping),
      context.damped[service.key]?[shard.cluster] != nil
    else { return false }
    return !resolved.contains { serves($0, at: place) }
  }

  /// Keeps waiting shards out, unless nothing else would answer: a shard that flaps is better than none.
  private mutating func settle(_ waiting: [Waiting], into entries: inout [Entry]) {
    let isNeeded = entries.isEmpty
    for entry in waiting {
      if isNeeded {
        var reason = Verdict.Reason.healthy
        admit(entry.shard, entry.place, entry.resolved, &reason, into: &entries)
        verdicts[entry.verdict].reason = reason
        verdicts[entry.verdict].isHealthy = reason == .healthy
      } else {
        hold(.flapDamping, entry.place.zones.first.map(name), context.damped[service.key]?[entry.shard.cluster] ?? "")
      }
    }
  }

  /// The first shard of each cluster.
  private var distinctShards: [Shard] {
    let shards = service.shards
    // Shards mostly come sorted by cluster, which shows at once that none comes twice.
    guard !zip(shards, shards.dropFirst()).allSatisfy({ $0.cluster < $1.cluster }) else { return shards }
    var seen: Set<String> = []
    return shards.filter { seen.insert($0.cluster).inserted }
  }

  /// Whether the shard's cluster lies where names can be made; if not, the reason is held (rule isolation).
  private mutating func isNamed(_ shard: Shard, at place: NameTable.Place) -> Bool {
    if let refusal = place.refusal {
      hold(.isolation, nil, refusal)
      isSpoilt = !context.rules.contains(.isolation)
      return false
    }
    if stem.utf8.count + context.table.longestSuffix > 253 {
      for slot in place.zones + [place.region] where stem.utf8.count + context.table.slots[slot].suffix.utf8.count > 253
      {
        hold(
          .isolation, nil,
          "the names of cluster \(shown(shard.cluster)) would exceed 253 bytes: shorten one of their parts")
        return false
      }
    }
    if let remark = place.remark { hold(.isolation, nil, remark) }
    return true
  }

  /// Lets a shard that is healthy, or that is held because it cannot be reached, go where the orders admit it.
  private mutating func admit(
    _ shard: Shard, _ place: NameTable.Place, _ resolved: [String], _ reason: inout Verdict.Reason,
    into entries: inout [Entry]
  ) {
    let cluster = place.cluster
    let isHeld = reason == .clusterUnreachable
    if !isHeld, context.standing.isEmpty {
      for address in resolved {
        entries.append(
          Entry(
            address: address, isV6: address.utf8.contains(0x3A), zones: place.zones, region: place.region
          ))
      }
      return
    }
    let labels = place.zones.map { slot in
      if case .zone(let zone, _) = context.table.slots[slot].level { zone } else { "" }
    }
    let admissions = labels.map { context.admission(of: service.key, cluster: cluster, zone: $0) }
    let upper =
      admissions.max()
      ?? cluster.zones.map { context.admission(of: service.key, cluster: cluster, zone: $0.lowercased()) }.max()
      ?? .free
    guard upper > .drained else {
      reason = .drained
      return
    }
    let candidates = isHeld ? heldAddresses(of: shard, at: place, resolved: resolved) : resolved
    let needsPublished = isHeld || upper == .cordoned
    var isServing = false
    for address in candidates {
      let serves = serves(address, at: place)
      isServing = isServing || serves
      guard serves || !needsPublished else { continue }
      let zones = zip(place.zones, admissions).filter { zone, admission in
        switch admission {
        case .drained: false
        case .free where !isHeld: true
        case .cordoned, .free: before[zone].publishes(address)
        }
      }.map(\.0)
      entries.append(
        Entry(
          address: address, isV6: address.utf8.contains(0x3A), zones: zones, region: place.region))
    }
    if isHeld, isServing {
      hold(
        .quorum, place.zones.first.map(name),
        "cluster \(shown(shard.cluster)) cannot be reached: what it publishes stays until independent evidence agrees")
    }
    if !isHeld, upper == .cordoned, !isServing { reason = .cordoned }
  }

  /// Whether a shard in this place publishes an address now, at one of its zones or at its region.
  private func serves(_ address: String, at place: NameTable.Place) -> Bool {
    place.zones.contains { before[$0].publishes(address) } || before[place.region].publishes(address)
  }

  /// What an unreachable shard may publish: its last addresses, and whatever stands at the zones that it has for itself.
  private func heldAddresses(of shard: Shard, at place: NameTable.Place, resolved: [String]) -> [String] {
    let others = service.shards.filter { $0.cluster != shard.cluster }
    let claimed = Set(others.flatMap { context.addresses(of: $0).resolved })
    var addresses = Set(resolved)
    for zone in place.zones {
      let isShared = others.contains { context.table.places[$0.cluster]?.zones.contains(zone) == true }
      guard !isShared else { continue }
      addresses.formUnion(allAddresses(before[zone].sets).subtracting(claimed))
    }
    return addresses.sorted()
  }

  private mutating func append(_ entry: Entry, to slot: Int) {
    if entry.isV6 {
      if v6[slot].last != entry.address { v6[slot].append(entry.address) }
    } else if v4[slot].last != entry.address {
      v4[slot].append(entry.address)
    }
  }

  /// Leaves every address that mass-change keeps where it is.
  mutating func retain() {
    func merged(_ values: [String], _ set: RecordSet?) -> [String] {
      let kept = set?.values.filter(retained.contains) ?? []
      return kept.isEmpty ? values : Set(values + kept).sorted()
    }
    for slot in used.indices where used[slot] {
      v4[slot] = merged(v4[slot], before[slot].a)
      v6[slot] = merged(v6[slot], before[slot].aaaa)
    }
  }
}
