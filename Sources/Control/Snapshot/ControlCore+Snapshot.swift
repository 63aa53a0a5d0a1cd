package import Federation

extension ControlCore {
  /// The picture of this moment. Services that did not change since the last picture are not built again.
  ///
  /// - Parameters:
  ///   - provider: the provider's kind and place, for the header.
  ///   - mode: whether this process writes.
  package mutating func snapshot(
    provider: String, environment: String?, mode: ControlMode, at now: Timestamp
  ) -> FederationSnapshot {
    let context = planningContext(at: now)
    var pictures: [ServiceSnapshot] = []
    pictures.reserveCapacity(services.count)
    for key in services.keys.sorted() {
      guard let entry = services[key] else { continue }
      let picture = entry.snapshot ?? self.picture(of: key, entry, in: context)
      services[key]?.snapshot = picture
      pictures.append(picture)
    }
    return FederationSnapshot(
      revision: revision, time: now, federation: federation, provider: provider, environment: environment,
      clusters: clusterPictures(), services: pictures, aliases: aliasPictures(in: context),
      cordons: cordons.values.map(\.cordon).filter { $0.expires > now }.sorted { $0.order < $1.order },
      drains: cordons.sorted { $0.key < $1.key }.compactMap { name, record in
        record.cordon.kind == .drain ? measured(name, record) : nil
      },
      orders: orderPictures(at: now),
      dns: dnsState(at: now), leader: leader(mode), held: federationHolds(at: now), events: log.events)
  }

  private func clusterPictures() -> [ClusterSnapshot] {
    members.values.sorted { $0.name < $1.name }.map { member in
      ClusterSnapshot(
        cluster: member.cluster, reason: member.reason, lastHeard: member.lastHeard, since: member.since)
    }
  }

  private func picture(
    of key: ServiceKey, _ entry: ServiceEntry, in context: PlanningContext
  ) -> ServiceSnapshot {
    let service = observed(key, entry, in: context)
    var verdicts: [String: Verdict] = [:]
    for verdict in entry.plan?.verdicts ?? [] { verdicts[verdict.cluster] = verdict }
    let places = places(of: key, in: context)
    var publishedByName: [DomainName: [RecordSet]] = [:]
    for set in entry.published { publishedByName[set.recordSet.name, default: []].append(set.recordSet) }
    var desiredByName: [DomainName: [RecordSet]] = [:]
    for set in entry.plan?.records ?? [] { desiredByName[set.name, default: []].append(set) }

    let shards = service.shards.compactMap { shard -> ShardSnapshot? in
      guard let member = members[shard.cluster] else { return nil }
      let verdict =
        verdicts[shard.cluster]
        ?? Verdict(service: key, cluster: shard.cluster, isHealthy: false, reason: .clusterUnreachable)
      let history = entry.histories[shard.cluster]
      let served = member.zones.contains { zone in
        places.zones[Place(zone: zone, region: member.region ?? "")].map { serves(publishedByName[$0] ?? []) } ?? false
      }
      return ShardSnapshot(
        shard: shard, region: member.region ?? "", zones: member.zones, verdict: verdict, isServing: served,
        observed: member.lastHeard, since: history?.since ?? member.since, history: history?.samples ?? [])
    }
    let names = Set(publishedByName.keys).union(desiredByName.keys).union(context.names(of: service).map(\.name))
    return ServiceSnapshot(
      key: key, ttl: entry.declaration?.ttl ?? federation.ttl, generation: entry.mark?.generation, shards: shards,
      names: names.sorted().compactMap { name in
        guard let level = places.levels[name] else { return nil }
        let published = publishedByName[name] ?? []
        let desired = desiredByName[name] ?? []
        // Mostly the two are alike, and then one array stands for both.
        return NameSnapshot(
          name: name, level: level, desired: desired == published ? published : desired, published: published,
          servers: entry.servers)
      },
      held: entry.plan?.held ?? [], pin: rollback(of: key, at: context.now),
      refusals: entry.declaration?.refusals ?? [:])
  }

  private func serves(_ sets: [RecordSet]) -> Bool { sets.contains { $0.type == .a || $0.type == .aaaa } }

  private struct Place: Hashable {
    var zone: String
    var region: String
  }

  /// The names of a service at every place where a member lies.
  private func places(
    of key: ServiceKey, in context: PlanningContext
  ) -> (zones: [Place: DomainName], levels: [DomainName: Level]) {
    let everywhere = members.keys.map { Shard(cluster: $0, addresses: [], readyEndpoints: 0, totalEndpoints: 0) }
    var zones: [Place: DomainName] = [:]
    var levels: [DomainName: Level] = [:]
    for (name, level) in context.names(of: FederatedService(key: key, shards: everywhere)) {
      levels[name] = level
      if case .zone(let zone, let region) = level { zones[Place(zone: zone, region: region)] = name }
    }
    return (zones, levels)
  }

  private func dnsState(at now: Timestamp) -> DNSState {
    if let providerTrouble { return .unreachable(providerTrouble) }
    guard zoneKnown, isSettled else { return .unknown }
    let changes = services.values.reduce(0) { $0 + ($1.plan?.changes.count ?? 0) }
    if changes > 0 { return .changing(changes) }
    let rules = Set(services.values.flatMap { ($0.plan?.held ?? []).map(\.rule) }).union(
      federationHolds(at: now).map(\.rule))
    return rules.isEmpty ? .inStep : .held(rules.sorted { $0.rawValue < $1.rawValue })
  }

  /// What rules stop for the federation as a whole.
  func federationHolds(at now: Timestamp) -> [FederationHold] {
    var holds: [FederationHold] = []
    if case .nobody(let why)? = leadership {
      holds.append(FederationHold(rule: .singleWriter, subject: "federation", why: why))
    }
    var loss = observerLoss
    if let why = loss.judge(members: members.count, share: limits.observerLossShare, at: now) {
      holds.append(FederationHold(rule: .failStatic, subject: "federation", why: why))
    }
    return holds + quorumHolds(at: now) + doubtHolds
  }

  private func leader(_ mode: ControlMode) -> LeaderState {
    switch leadership {
    case .this?: return .this
    case .other(let name)?: return .other(name)
    case .nobody?, .vacant?: return .none
    case nil: break
    }
    if mode == .lead { return .this }
    let newest = services.values.compactMap(\.mark).max { ($0.generation, $0.writer) < ($1.generation, $1.writer) }
    return newest.map { .other($0.writer) } ?? .none
  }
}
