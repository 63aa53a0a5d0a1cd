package import Federation

extension ControlCore {
  /// What giving or ending orders would do, on what is known now; nothing is changed.
  ///
  /// Cost: two plans for each service that they are about.
  package mutating func preview(_ change: OrderChange, at now: Timestamp) -> DrainPreview {
    var context = planningContext(at: now)
    var concerned: [FederatedService] = []
    var published: [ServiceKey: [PublishedRecordSet]] = [:]
    var waits = federationWaits(at: now)
    for key in services.keys.sorted() where change.concerns(key) {
      guard let entry = services[key] else { continue }
      if let foreign = entry.foreignMark, rules.contains(.owned) {
        waits.append(
          Hold(rule: .owned, service: key, name: nil, why: "the names of \(key) bear somebody else's mark (\(foreign))")
        )
        continue
      }
      if !entry.dampings.isEmpty { context.damped[key] = entry.damped(at: now) }
      concerned.append(observed(key, entry, in: context))
      published[key] = entry.published
    }
    let assessment = context.assess(
      change, services: concerned, published: published, window: removalWindow(at: now))
    waits += assessment.waits
    if !unplacedMembers.isEmpty, rules.contains(.wholeReads),
      let plan = assessment.plans.first(where: \.removesAnything)
    {
      let names = unplacedMembers.joined(separator: ", ")
      waits.append(
        Hold(
          rule: .wholeReads, service: plan.service, name: nil,
          why: "\(names) has not been seen and its zone is not configured: nothing is removed until it is"))
    }
    var said: Set<String> = []
    return DrainPreview(
      change: change, plans: assessment.plans, affected: assessment.affected,
      capacity: assessment.capacity.map {
        DrainPreview.Capacity(
          service: $0.service, level: $0.level, remaining: $0.remaining, total: $0.total,
          peak: peak(of: $0.service, in: $0.clusters))
      },
      shards: assessment.shards,
      objections: (change.isLifting ? [] : standingDrains(against: change.cordons, at: now)) + assessment.objections,
      waits: waits.filter { said.insert("\($0.rule.rawValue) \($0.why)").inserted },
      nearby: nearby(change.cordons, at: now),
      returns: change.isLifting ? returns(change, concerned, in: context) : [],
      cachesEndAfter: assessment.oldTTL, planHash: assessment.planHash, computed: now)
  }

  /// What keeps every order waiting, whatever it is about.
  private func federationWaits(at now: Timestamp) -> [Hold] {
    let service = services.keys.min() ?? ServiceKey(namespace: "", name: "")
    func hold(_ rule: SafetyRule, _ why: String) -> Hold { Hold(rule: rule, service: service, name: nil, why: why) }
    var waits: [Hold] = []
    switch leadership {
    case .nobody(let why)?: waits.append(hold(.singleWriter, "nobody leads: \(why)"))
    case .vacant?: waits.append(hold(.singleWriter, "nobody leads: no controller would carry it out"))
    case .this?, .other?, nil: break
    }
    if !isSettled { waits.append(hold(.wholeReads, "not everything is known yet: waiting for \(waitingFor)")) }
    return waits
  }

  /// The objections of standing drains by somebody else (rule one-drain), one for each order that is refused.
  private func standingDrains(against cordons: [Cordon], at now: Timestamp) -> [Hold] {
    cordons.compactMap { cordon in
      standingDrain(against: cordon, at: now).map { why in
        let service = cordon.service ?? services.keys.min() ?? ServiceKey(namespace: "", name: "")
        return Hold(rule: .oneDrain, service: service, name: nil, why: why)
      }
    }
  }

  /// The most endpoints of a service that were ready in these clusters at once; nil where too little is recorded.
  private func peak(of key: ServiceKey, in clusters: [String]) -> DrainPreview.Capacity.Peak? {
    let histories = clusters.map { services[key]?.histories[$0]?.samples ?? [] }
    return DrainPreview.Capacity.Peak(of: histories, interval: ShardHistory.sampleInterval)
  }

  // MARK: Other orders

  /// The orders in force that lie in a region of these and bear on a service of theirs.
  private func nearby(_ cordons: [Cordon], at now: Timestamp) -> [Cordon] {
    let regions = Set(cordons.flatMap { self.regions(of: $0.target) })
    return orders.filter { order in
      guard order.expires > now, !regions.isDisjoint(with: self.regions(of: order.target)) else { return false }
      if cordons.contains(where: { $0.target == order.target && $0.service == order.service }) { return false }
      return cordons.contains { $0.service == nil || order.service == nil || $0.service == order.service }
    }
  }

  /// The regions that a scope lies in, in lower case.
  private func regions(of target: CordonTarget) -> [String] {
    switch target {
    case .region(let name): [name.lowercased()]
    case .zone(let name):
      members.values.filter { $0.zones.contains { $0.lowercased() == name.lowercased() } }
        .compactMap { $0.region?.lowercased() }
    case .cluster(let name), .shard(let name, _): [members[name]?.region?.lowercased()].compactMap { $0 }
    }
  }

  /// What becomes of each shard that ending orders uncover.
  private func returns(
    _ change: OrderChange, _ concerned: [FederatedService], in context: PlanningContext
  ) -> [DrainPreview.Return] {
    var freed = context
    freed.cordons = change.applied(to: context.cordons).after
    return concerned.flatMap { service -> [DrainPreview.Return] in
      let covering = change.cordons.filter { $0.service == nil || $0.service == service.key }
      let published = services[service.key]?.published ?? []
      let verdicts = freed.plan(service, published: published, window: nil).plan.verdicts
      return service.shards.compactMap { shard in
        guard let member = members[shard.cluster],
          covering.contains(where: { $0.target.covers(shard, of: service.key, in: member) }),
          let verdict = verdicts.first(where: { $0.cluster == shard.cluster })
        else { return nil }
        let why: String? =
          switch verdict.reason {
          case .healthy: nil
          case .damped: context.damped[service.key]?[shard.cluster] ?? verdict.reason.sentence
          case .drained, .cordoned: "another order still keeps it out"
          default: verdict.reason.sentence
          }
        return DrainPreview.Return(service: service.key, cluster: shard.cluster, why: why)
      }
    }
  }
}
