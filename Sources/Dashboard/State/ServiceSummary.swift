import Control
import Federation

/// One service in a line, counted once for each snapshot.
struct ServiceSummary: Hashable, Sendable {
  var key: ServiceKey
  /// Where it stands in the snapshot.
  var position: Int
  var tally: Tally
  var state: HealthState

  static func all(of snapshot: FederationSnapshot) -> [ServiceSummary] {
    let orders = OrdersInForce(snapshot.cordons)
    var conditions: [String: ClusterCondition] = [:]
    for cluster in snapshot.clusters { conditions[cluster.cluster.name] = cluster.cluster.condition }
    return snapshot.services.enumerated().map { position, service in
      var tally = Tally()
      for shard in service.shards {
        // A shard in several zones is counted once, under the strongest order over any of them.
        var order: Cordon.Kind?
        for zone in shard.zones where order != .drain {
          let location = Location(region: shard.region, zone: zone)
          order = orders.kind(over: shard, of: service.key, in: location) ?? order
        }
        let state = HealthState.of(shard, cluster: conditions[shard.shard.cluster], order: order)
        tally.add(state, serves: shard.isServing)
      }
      return ServiceSummary(key: service.key, position: position, tally: tally, state: tally.rolledUp)
    }
  }
}
