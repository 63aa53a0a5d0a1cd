import Control
import Dashboard
import Federation
import Glibc
import Terminal

/// Prints what a key costs from its arrival to the finished frame, in CPU time at 200×50, with 5,000 shards in 30
/// clusters on screen as one tree, and what a new picture of that world and a filter cost.
func benchFrame() {
  let snapshot = frameWorld(regions: 6, zones: 5, services: 167)
  let shards = snapshot.services.reduce(0) { $0 + $1.shards.count }
  var state = DashboardState(
    options: DashboardOptions(operatorName: "bench"), size: Size(columns: 200, rows: 50), now: snapshot.time)
  func send(_ message: Message) { _ = reduce(&state, message) }
  func type(_ text: String) { for character in text { send(.input(.key(.character(character)))) } }

  let intake = cpu { send(.snapshot(snapshot)) }
  // Every shard of every service has a row, and the filter that matches all unfolds them.
  type("A")
  let wide = cpu { send(.snapshot(snapshot)) }
  let set = cpu {
    type("/svc")
    send(.input(.key(.enter)))
    _ = frame(state, theme: .dark)
  }
  var costs: [Double] = []
  let keys: [Key] = [.down, .down, .down, .pageDown, .up, .left, .right]
  for step in 0..<3_000 {
    costs.append(
      cpu {
        send(.input(.key(keys[step % keys.count])))
        _ = frame(state, theme: .dark)
      })
  }
  let cleared = cpu {
    send(.input(.key(.escape)))
    _ = frame(state, theme: .dark)
  }
  costs.sort()
  print("frame: \(shards) shards, \(snapshot.clusters.count) clusters, 200x50, CPU milliseconds")
  print("frame: key to frame  p50 \(costs[costs.count / 2])  p99 \(costs[costs.count * 99 / 100])  (aim 16)")
  print("frame: filter set \(set)  cleared \(cleared)  (aim 30)")
  print("frame: a new snapshot, one service \(intake), every service \(wide)")
}

/// CPU milliseconds of this thread, to the microsecond.
private func cpu(_ body: () -> Void) -> Double {
  func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
  let start = now()
  body()
  return Double(now() - start) / 1_000
}

private func frameWorld(regions: Int, zones: Int, services: Int) -> FederationSnapshot {
  let now = Timestamp(seconds: 1_792_159_351)
  var clusters: [ClusterSnapshot] = []
  for region in 0..<regions {
    for zone in 0..<zones {
      let name = "region-\(region)-\(zone)"
      clusters.append(
        ClusterSnapshot(
          cluster: Cluster(name: name, region: "region-\(region)", zones: [name], condition: .ready),
          reason: "answers", lastHeard: now, since: now))
    }
  }
  let all = (0..<services).map { number -> ServiceSnapshot in
    let key = ServiceKey(namespace: "shop-\(number % 10)", name: "svc-\(number)")
    var shards: [ShardSnapshot] = []
    var names: [NameSnapshot] = []
    for (index, cluster) in clusters.map(\.cluster).enumerated() {
      let isHealthy = (index * 7 + number) % 9 != 0
      let name = DomainName(canonical: "\(key.name).\(key.namespace).fed.svc.\(cluster.name).example.com")
      let set = RecordSet(name: name, type: .a, ttl: 180, values: ["10.\(number).\(index).1"])
      names.append(
        NameSnapshot(
          name: name, level: .zone(cluster.name, region: cluster.region), desired: [set], published: [set],
          servers: ServerCount(agreeing: 2, asked: 2)))
      shards.append(
        ShardSnapshot(
          shard: Shard(
            cluster: cluster.name, addresses: ["10.\(number).\(index).1"], readyEndpoints: isHealthy ? 3 : 0,
            totalEndpoints: 3), region: cluster.region, zones: cluster.zones,
          verdict: Verdict(
            service: key, cluster: cluster.name, isHealthy: isHealthy,
            reason: isHealthy ? .healthy : .noReadyEndpoints), isServing: isHealthy, observed: now, since: now,
          history: [3, 3, 2, 3, 3, 3, 3, isHealthy ? 3 : 0]))
    }
    return ServiceSnapshot(key: key, ttl: 180, generation: 1, shards: shards, names: names, held: [])
  }
  return FederationSnapshot(
    revision: 1, time: now, federation: Federation(name: "fed", domain: DomainName(canonical: "example.com")),
    provider: "rfc2136", clusters: clusters, services: all, cordons: [], dns: .inStep, leader: .this, events: [])
}
