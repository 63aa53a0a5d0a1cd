import Control
import Federation

extension Fleet {
  /// What the rules make of a shard: an order first, then whether it can be seen, then whether anything of it is ready.
  func reason(for shard: ShardSnapshot, _ key: ServiceKey) -> Verdict.Reason {
    let isDrained = cordons.contains { cordon in
      guard cordon.kind == .drain, cordon.service == nil || cordon.service == key else { return false }
      return switch cordon.target {
      case .zone(let name): shard.zones.contains(name)
      case .region(let name): shard.region == name
      case .cluster(let name): shard.shard.cluster == name
      case .shard(let name, let own): shard.shard.cluster == name && own == key
      }
    }
    if isDrained { return .drained }
    let condition = plan.indexes[shard.shard.cluster].map { clusters[$0].cluster.condition }
    if condition == .unreachable { return .clusterUnreachable }
    return shard.shard.readyEndpoints > 0 ? .healthy : .noReadyEndpoints
  }

  static func service(
    _ plan: FleetPlan, _ key: ServiceKey, generation: UInt64?, _ shards: [ShardSnapshot]
  ) -> ServiceSnapshot {
    ServiceSnapshot(
      key: key, ttl: plan.federation.ttl, generation: generation, shards: shards,
      names: FleetNames(plan: plan, key: key, ttl: plan.federation.ttl, shards: shards), held: [])
  }

  static func address(_ number: Int) -> String {
    let bits = 0x0A00_0001 + UInt32(truncatingIfNeeded: number)
    return "\(bits >> 24).\(bits >> 16 & 0xFF).\(bits >> 8 & 0xFF).\(bits & 0xFF)"
  }
}
