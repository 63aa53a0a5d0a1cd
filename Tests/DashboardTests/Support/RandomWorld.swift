import Control
import Federation
import Synchronization

@testable import Dashboard

/// A small world drawn by lot: clusters in one zone, in several, or sharing one, and shards of clusters nobody knows.
struct RandomWorld {
  var snapshot: FederationSnapshot
  private var random: Generator

  init(seed: UInt64) {
    random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
    snapshot = SampleWorld().snapshot
    snapshot.clusters = []
    snapshot.services = []
    for number in 0..<random.below(7) + 1 { snapshot.clusters.append(cluster(number)) }
    for number in 0..<random.below(6) + 1 {
      let key = ServiceKey(namespace: ["a", "a-b", "b"][number % 3], name: "svc-\(number)")
      snapshot.services.append(service(key))
    }
    snapshot.services.sort { $0.key < $1.key }
  }

  private mutating func cluster(_ number: Int) -> ClusterSnapshot {
    let region = ["north", "south"][random.below(2)]
    let zones = Set((0..<random.below(2) + 1).map { _ in "\(region)-\(["a", "b", "c"][random.below(3)])" }).sorted()
    let condition: ClusterCondition = [.ready, .ready, .ready, .unreachable, .notReady][random.below(5)]
    return ClusterSnapshot(
      cluster: Cluster(name: "c\(number)", region: region, zones: zones, condition: condition), reason: "",
      lastHeard: nil, since: SampleWorld.now)
  }

  private mutating func service(_ key: ServiceKey) -> ServiceSnapshot {
    var shards: [ShardSnapshot] = []
    for cluster in snapshot.clusters.map(\.cluster) where !random.chance(15) {
      shards.append(shard(key, cluster.name, cluster.region, cluster.zones))
    }
    if random.chance(20) { shards.append(shard(key, "gone", "north", ["north-z"])) }
    if random.chance(20) { shards.shuffle(using: &random) }
    return ServiceSnapshot(key: key, ttl: 60, generation: 1, shards: shards, names: [], held: [])
  }

  private mutating func shard(
    _ key: ServiceKey, _ cluster: String, _ region: String, _ zones: [String]
  ) -> ShardSnapshot {
    let reasons: [Verdict.Reason] = [
      .healthy, .healthy, .healthy, .noReadyEndpoints, .drained, .cordoned, .damped, .clusterUnreachable,
    ]
    let reason = reasons[random.below(reasons.count)]
    return ShardSnapshot(
      shard: Shard(
        cluster: cluster, addresses: (0..<random.below(3)).map { _ in "10.0.\(random.below(3)).\(random.below(30))" },
        readyEndpoints: random.below(4), totalEndpoints: 3), region: region, zones: zones,
      verdict: Verdict(service: key, cluster: cluster, isHealthy: reason == .healthy, reason: reason),
      isServing: random.chance(60), observed: nil, since: SampleWorld.now,
      history: (0..<random.below(12)).map { _ in random.below(4) })
  }

  /// One thing happens.
  mutating func move() {
    snapshot.revision += 1
    let cluster = random.below(snapshot.clusters.count)
    switch random.below(8) {
    case 0: snapshot.clusters[cluster].cluster.condition = [.ready, .unreachable][random.below(2)]
    case 1: snapshot.cordons = (0..<random.below(3)).map { _ in cordon() }
    case 2 where snapshot.services.count > 1: snapshot.services.remove(at: random.below(snapshot.services.count))
    case 3: snapshot.clusters[cluster] = self.cluster(cluster)
    default:
      guard !snapshot.services.isEmpty else { return }
      let position = random.below(snapshot.services.count)
      snapshot.services[position] = service(snapshot.services[position].key)
    }
  }

  private mutating func cordon() -> Cordon {
    let key = snapshot.services[random.below(snapshot.services.count)].key
    let targets: [CordonTarget] = [
      .zone("north-a"), .region("south"), .cluster("c0"), .shard(cluster: "c1", service: key),
    ]
    return Cordon(
      kind: random.chance(50) ? .drain : .cordon, target: targets[random.below(4)],
      service: random.chance(50) ? key : nil, reason: "r", holder: "h", created: SampleWorld.now,
      expires: SampleWorld.now + .seconds(600))
  }
}

/// Which services' names have been made.
final class Made: Sendable {
  private let seen = Mutex<Set<ServiceKey>>([])
  var keys: Set<ServiceKey> { seen.withLock { $0 } }
  func note(_ key: ServiceKey) { seen.withLock { _ = $0.insert(key) } }
}

/// Names that tell when all of them are made.
struct CountedNames: NameSource {
  let key: ServiceKey
  let made: Made

  func names() -> [NameSnapshot] {
    made.note(key)
    return []
  }
  func name(at level: Level) -> NameSnapshot? { nil }
  var namesToChange: Int { 0 }
}
