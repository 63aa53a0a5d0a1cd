package import Control
package import Federation

/// A federation of any size in memory: clusters that are never asked, services whose shards fail and come back.
///
/// A value: whoever holds it says what happens and when. There is no API and no name server behind it; what the rules
/// would publish is published with the next ``settle(at:)``. A million shards take about 250 MiB.
package struct Fleet: Sendable {
  package let plan: FleetPlan
  private(set) var clusters: [ClusterSnapshot]
  private(set) var services: [ServiceSnapshot]
  private(set) var cordons: [Cordon] = []
  private var drains: [DrainStatus] = []
  private var events: [Event] = []
  private var revision: UInt64 = 1
  /// Services whose names do not hold what they should.
  private var waiting: Set<Int> = []

  /// Samples of a shard's history.
  private static let depth = 8
  private static let up = [Int](repeating: 3, count: depth)
  private static let down = [3, 3, 3, 3, 2, 1, 0, 0]
  private static let keptEvents = 200

  package init(clusters: Int, services: Int, at now: Timestamp) {
    let plan = FleetPlan(clusters: clusters, services: services)
    self.plan = plan
    self.clusters = plan.clusters.map {
      ClusterSnapshot(cluster: $0, reason: "simulated in memory", lastHeard: now, since: now)
    }
    self.services = plan.keys.enumerated().map { number, key in
      let shards = plan.clusters.enumerated().map { index, cluster -> ShardSnapshot in
        let isUp = (index * 7 + number) % 9 != 0
        return ShardSnapshot(
          shard: Shard(
            cluster: cluster.name, addresses: [Self.address(index * services + number)], readyEndpoints: isUp ? 3 : 0,
            totalEndpoints: 3), region: cluster.region, zones: cluster.zones,
          verdict: Verdict(
            service: key, cluster: cluster.name, isHealthy: isUp, reason: isUp ? .healthy : .noReadyEndpoints),
          isServing: isUp, observed: now, since: now, history: isUp ? Self.up : Self.down)
      }
      return Self.service(plan, key, generation: 1, shards)
    }
    note(
      .cluster, "fleet",
      "\(plan.clusters.count) clusters × \(plan.keys.count) services are simulated in memory: no API, no name server",
      at: now)
  }

  /// The picture of this moment; services that have not changed since the last one are the same in it.
  package func snapshot(at now: Timestamp) -> FederationSnapshot {
    let changes = waiting.reduce(0) { $0 + services[$1].namesToChange }
    return FederationSnapshot(
      revision: revision, time: now, federation: plan.federation, provider: "in memory, no API", clusters: clusters,
      services: services, cordons: cordons.filter { $0.expires > now }, drains: drains,
      dns: changes > 0 ? .changing(changes) : .inStep, leader: .this, events: events)
  }

  // MARK: What happens

  /// Gives a shard another number of ready endpoints.
  package mutating func scale(_ service: Int, in cluster: Int, to ready: Int, at now: Timestamp) {
    edit(service, cluster..<cluster + 1) { shard in
      shard.shard.readyEndpoints = ready
      shard.history = shard.history.suffix(Self.depth - 1) + [ready]
      shard.observed = now
      shard.since = now
    }
    note(
      ready > 0 ? .up : .down, "\(plan.clusters[cluster].name)/\(plan.keys[service])",
      "\(ready) of 3 endpoints ready", at: now)
  }

  /// Makes a cluster silent, or lets it answer again.
  package mutating func turn(_ cluster: Int, isSilent: Bool, at now: Timestamp) {
    guard (clusters[cluster].cluster.condition == .unreachable) != isSilent else { return }
    clusters[cluster].cluster.condition = isSilent ? .unreachable : .ready
    clusters[cluster].reason = isSilent ? "no answer (simulated)" : "simulated in memory"
    clusters[cluster].since = now
    if !isSilent { clusters[cluster].lastHeard = now }
    for service in services.indices { edit(service, cluster..<cluster + 1) { $0.since = now } }
    note(.cluster, plan.clusters[cluster].name, isSilent ? "does not answer: its shards are held" : "answers", at: now)
  }

  package mutating func place(_ cordon: Cordon, at now: Timestamp) {
    cordons.removeAll { $0.target == cordon.target && $0.service == cordon.service }
    cordons.append(cordon)
    if cordon.kind == .drain { drains.append(DrainStatus(target: cordon.target, service: cordon.service)) }
    judge(cordon)
    note(cordon.kind == .drain ? .drain : .cordon, "\(cordon.target)", "\(cordon.holder): \(cordon.reason)", at: now)
  }

  /// Ends an order; false where there is none.
  package mutating func lift(_ target: CordonTarget, service: ServiceKey?, at now: Timestamp) -> Bool {
    guard let index = cordons.firstIndex(where: { $0.target == target && $0.service == service }) else { return false }
    let cordon = cordons.remove(at: index)
    drains.removeAll { $0.target == target && $0.service == service }
    judge(cordon)
    note(.uncordon, "\(target)", "lifted", at: now)
    return true
  }

  /// Publishes what the rules want, measures the drains and ends the orders whose time is over.
  package mutating func settle(at now: Timestamp) {
    for cordon in cordons where cordon.expires <= now { _ = lift(cordon.target, service: cordon.service, at: now) }
    var held: Set<Int> = []
    for service in waiting.sorted() {
      if !services[service].shards.contains(where: \.isWanted) {
        let hold = Hold(
          rule: .neverEmpty, service: plan.keys[service], name: nil, why: "nothing of it would be left in DNS")
        if services[service].held != [hold] { services[service].held = [hold] }
        held.insert(service)
        continue
      }
      let changed = services[service].namesToChange
      edit(service, plan.clusters.indices) { $0.isServing = $0.isWanted }
      services[service].generation = (services[service].generation ?? 0) + 1
      note(
        .applied, "\(plan.keys[service])",
        "\(changed) names changed, generation \(services[service].generation ?? 0), in memory", at: now)
    }
    waiting = held
    for index in drains.indices where drains[index].served == nil {
      drains[index].served = drains[index].accepted.map { _ in now }
      drains[index].accepted = drains[index].accepted ?? now
      drains[index].servers = ServerCount(agreeing: drains[index].served == nil ? 0 : 2, asked: 2)
      drains[index].cachesEnd = drains[index].served.map { $0 + .seconds(Int64(plan.federation.ttl)) }
    }
    revision += 1
  }

  private mutating func judge(_ cordon: Cordon) {
    let service: ServiceKey? = if case .shard(_, let key) = cordon.target { key } else { cordon.service }
    for index in services.indices where service == nil || service == plan.keys[index] {
      edit(index, plan.clusters(in: cordon.target)) { _ in }
    }
  }

  /// Changes shards of a service and judges them again.
  private mutating func edit(_ service: Int, _ range: Range<Int>, _ change: (inout ShardSnapshot) -> Void) {
    let former = services[service]
    var shards = former.shards
    for index in range {
      change(&shards[index])
      let reason = reason(for: shards[index], plan.keys[service])
      shards[index].verdict.reason = reason
      shards[index].verdict.isHealthy = reason == .healthy
    }
    services[service] = Self.service(plan, former.key, generation: former.generation, shards)
    if shards.contains(where: { $0.isWanted != $0.isServing }) { waiting.insert(service) }
    revision += 1
  }

  private mutating func note(_ kind: Event.Kind, _ subject: String, _ message: String, at now: Timestamp) {
    events.insert(Event(time: now, kind: kind, subject: subject, message: message), at: 0)
    if events.count > Self.keptEvents { events.removeLast(events.count - Self.keptEvents) }
  }
}
