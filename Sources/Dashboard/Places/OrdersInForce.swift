import Control
import Federation

/// The cordons and drains of a snapshot, ready to be asked about many shards.
struct OrdersInForce {
  private let cordons: [Cordon]

  init(_ cordons: [Cordon]) { self.cordons = cordons }

  /// The strongest order over a shard in one of its zones; nil when there is none.
  func kind(over shard: ShardSnapshot, of service: ServiceKey, in location: Location) -> Cordon.Kind? {
    var found: Cordon.Kind?
    for cordon in cordons where cordon.service == nil || cordon.service == service {
      let covers =
        switch cordon.target {
        case .zone(let zone): zone == location.zone
        case .region(let region): region == location.region
        case .cluster(let cluster): cluster == shard.shard.cluster
        case .shard(let cluster, let key): cluster == shard.shard.cluster && key == service
        }
      guard covers else { continue }
      if cordon.kind == .drain { return .drain }
      found = .cordon
    }
    return found
  }
}
