/// What orders would do if they were given or ended, worked out before anything is done.
package struct DrainAssessment: Hashable, Sendable {
  /// The plans that the orders change.
  package var plans: [ServicePlan] = []
  /// Names that keep their own records but lead to other addresses afterwards.
  package var affected: [DomainName] = []
  /// Ready endpoints at each level that loses or gains some, and globally.
  package var capacity: [Capacity] = []
  /// Healthy shards that leave or enter, for at least one of their zones.
  package var shards = 0
  /// What rules object to; placing the order needs each overridden by name.
  package var objections: [Hold] = []
  /// Rules that would keep the orders waiting: they would stand, and be carried out when these let go.
  package var waits: [Hold] = []
  /// The greatest TTL among what is replaced: cached answers end this long after the last server serves the change.
  package var oldTTL: Duration = .zero
  /// Identifies what was shown: another world gives another hash, the same one always the same.
  package var planHash = ""

  /// Ready endpoints of the healthy shards that orders admit at one level of one service.
  package struct Capacity: Hashable, Sendable {
    package var service: ServiceKey
    package var level: Level
    package var remaining: Int
    package var total: Int
    /// The clusters whose shards make up ``total``, sorted.
    package var clusters: [String]
  }
}

extension PlanningContext {
  /// Works out what giving or ending orders now would do to the services. Cost: two plans a service.
  ///
  /// - Parameter published: what is published, by service (``grouped(_:)``).
  package func assess(
    _ change: OrderChange, services: [FederatedService], published: [ServiceKey: [PublishedRecordSet]],
    window: RemovalWindow?
  ) -> DrainAssessment {
    let concerned = services.filter { change.concerns($0.key) }.sorted { $0.key < $1.key }
    let published = published.filter { change.concerns($0.key) }
    var (former, ordered) = (self, self)
    (former.cordons, ordered.cordons) = change.applied(to: cordons)
    // What is shown is what comes about once mass-change is overridden; whether it objects is said besides.
    let before = former.planned(concerned, published, window)
    let after = ordered.planned(concerned, published, window)
    var assessment = DrainAssessment()
    var hash = StableHash()
    for cordon in change.cordons {
      hash.add("\(cordon.kind.rawValue) \(cordon.target) \(cordon.service?.description ?? "*")")
    }
    for (old, new) in zip(before.plans, after.plans) {
      assessment.waits += new.held.filter { $0.keepsWaiting }
      guard old.changes != new.changes || old.held != new.held else { continue }
      assessment.plans.append(new)
      assessment.affected += new.affected
      assessment.objections += new.held.filter { $0.rule == .neverEmpty && !old.held.contains($0) }
      for change in new.changes {
        if let set = change.before { assessment.oldTTL = max(assessment.oldTTL, .seconds(Int64(set.ttl))) }
        hash.add("\(change.action.rawValue) \(text(change.before)) \(text(change.after))")
      }
      for hold in new.held { hash.add("\(hold.rule.rawValue) \(hold.service) \(hold.why)") }
    }
    if let service = assessment.plans.first?.service {
      assessment.objections += after.stopped.filter { !before.stopped.contains($0) }.map {
        Hold(rule: .massChange, service: service, name: nil, why: $0)
      }
    }
    for service in concerned {
      let count = ordered.capacity(of: service, comparedWith: former)
      guard count.shards > 0 else { continue }
      assessment.capacity += count.levels
      assessment.shards += count.shards
      guard !change.isLifting, change.cordons.contains(where: { $0.kind == .drain }) else { continue }
      if let hold = tooFewZones(count.healthyZones, of: service.key) { assessment.objections.append(hold) }
    }
    for capacity in assessment.capacity { hash.add("\(capacity.service) \(capacity.level) \(capacity.remaining)") }
    for hold in assessment.objections { hash.add("\(hold.rule.rawValue) \(hold.why)") }
    assessment.planHash = hash.text
    return assessment
  }

  /// The plans as they are without mass-change, and the sentences of what it would stop of them.
  private func planned(
    _ services: [FederatedService], _ published: [ServiceKey: [PublishedRecordSet]], _ window: RemovalWindow?
  ) -> (plans: [ServicePlan], stopped: [String]) {
    var free = self
    free.overrides.insert(.massChange)
    let plan = free.plan(services, published: published, window: window)
    let stopped = (window ?? RemovalWindow(published: 0)).stopped(plan.removals, in: self)
    return (plan.services, [stopped.reported, stopped.vanished, stopped.deleted].compactMap { $0 })
  }

  private func tooFewZones(_ zones: Int, of service: ServiceKey) -> Hold? {
    guard zones < limits.minimumHealthyZones, rules.contains(.minimumHealthyZones),
      !overrides.contains(.minimumHealthyZones)
    else { return nil }
    return Hold(
      rule: .minimumHealthyZones, service: service, name: nil,
      why:
        "\(zones) healthy zones of \(service) would remain and safety.minimumHealthyZones asks for \(limits.minimumHealthyZones)"
    )
  }

  private func text(_ set: RecordSet?) -> String {
    set.map { "\($0.name.text) \($0.type.rawValue) \($0.ttl) \($0.values.joined(separator: " "))" } ?? "-"
  }

  /// Ready endpoints of the shards that may serve, before and after, by level: global first; the zones that have one
  /// afterwards, and how many shards the orders move.
  private func capacity(of service: FederatedService, comparedWith before: PlanningContext) -> (
    levels: [DrainAssessment.Capacity], healthyZones: Int, shards: Int
  ) {
    var total: [Int: Int] = [:]
    var clusters: [Int: [String]] = [:]
    var remaining: [Int: Int] = [:]
    var moved = 0
    for shard in service.shards {
      guard let place = table.places[shard.cluster], place.refusal == nil else { continue }
      guard damped[service.key]?[shard.cluster] == nil else { continue }
      let (resolved, hasUnresolved) = addresses(of: shard)
      guard health(of: shard, at: place, resolved: resolved, hasUnresolved: hasUnresolved) == .healthy else { continue }
      func admitted(_ context: PlanningContext) -> [Int] {
        let zones = place.zones.filter { slot in
          guard case .zone(let zone, _) = table.slots[slot].level else { return false }
          return context.admission(of: service.key, cluster: place.cluster, zone: zone) > .drained
        }
        return zones.isEmpty ? [] : zones + [place.region, NameTable.global]
      }
      let (old, new) = (admitted(before), admitted(self))
      if old != new { moved += 1 }
      for slot in old {
        total[slot, default: 0] += shard.readyEndpoints
        clusters[slot, default: []].append(shard.cluster)
      }
      for slot in new { remaining[slot, default: 0] += shard.readyEndpoints }
    }
    let levels = Set(total.keys).union(remaining.keys).sorted()
      .filter { $0 == NameTable.global || total[$0] != remaining[$0] }
    let zones = remaining.keys.count { if case .zone = table.slots[$0].level { true } else { false } }
    return (
      levels.map {
        DrainAssessment.Capacity(
          service: service.key, level: table.slots[$0].level, remaining: remaining[$0] ?? 0, total: total[$0] ?? 0,
          clusters: (clusters[$0] ?? []).sorted())
      }, zones, moved
    )
  }
}

extension Hold {
  /// Whether it keeps the whole service as it is, whatever is ordered.
  fileprivate var keepsWaiting: Bool {
    switch rule {
    case .failStatic, .owned, .isolation, .wholeReads: name == nil
    default: false
    }
  }
}
