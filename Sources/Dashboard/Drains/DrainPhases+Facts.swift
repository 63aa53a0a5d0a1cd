import Control
import Federation

extension DrainPhases {
  /// What is known of one drain: as the controller measured it, else as the names show it.
  struct Facts {
    /// How far the order has come, as whoever leads says; nil where nobody does.
    let order: CordonStatus?
    let status: DrainStatus?
    let given: Timestamp
    let isAccepted: Bool
    let isServed: Bool
    /// The fewest name servers that serve it.
    let count: ServerCount?
    /// What still keeps it from being accepted.
    let open: String
    /// The greatest TTL of the services concerned, in seconds.
    let ttl: UInt32

    /// Cost: that of looking through the names and shards of the services concerned, where nothing was measured yet.
    init(_ cordon: Cordon, _ snapshot: FederationSnapshot) {
      order = snapshot.orders.first { $0.cordon.target == cordon.target && $0.cordon.service == cordon.service }?.status
      status = snapshot.drains.first { $0.target == cordon.target && $0.service == cordon.service }
      given = cordon.created
      let services = snapshot.services.filter { cordon.service == nil || cordon.service == $0.key }
      ttl = services.map(\.ttl).max() ?? snapshot.federation.ttl
      if let status, status.accepted != nil {
        isAccepted = true
        isServed = status.served != nil
        count = status.servers
        open = ""
        return
      }
      // Names are asked for one by one: of a large federation most of them are never made.
      let names = services.flatMap { Self.names(of: $0, under: cordon) }
      let changing = names.count { !$0.isInStep }
      let stillServing = services.flatMap(\.shards).contains { $0.isServing && Self.covers(cordon, $0) }
      isAccepted = status == nil && changing == 0 && !stillServing
      open = changing > 0 ? "\(counted(changing, "name")) still to be changed" : "still in DNS: held, or the last one"
      let counts = names.compactMap(\.servers)
      count = status?.servers ?? counts.min { $0.agreeing - $0.asked < $1.agreeing - $1.asked }
      isServed = isAccepted && count.map { $0.agreeing == $0.asked } ?? false
    }

    var figures: String {
      count.map { "\($0.agreeing) of \($0.asked) name servers" } ?? "name servers not asked yet"
    }

    /// The names of the places where an order covers shards of a service.
    private static func names(of service: ServiceSnapshot, under cordon: Cordon) -> [NameSnapshot] {
      var levels: Set<Level> = [.global]
      for shard in service.shards where covers(cordon, shard) {
        levels.insert(.region(shard.region))
        for zone in shard.zones { levels.insert(.zone(zone, region: shard.region)) }
      }
      return levels.compactMap(service.name)
    }

    private static func covers(_ cordon: Cordon, _ shard: ShardSnapshot) -> Bool {
      switch cordon.target {
      case .zone(let zone): shard.zones.contains(zone)
      case .region(let region): shard.region == region
      case .cluster(let cluster): shard.shard.cluster == cluster
      case .shard(let cluster, let service): shard.shard.cluster == cluster && shard.verdict.service == service
      }
    }
  }
}
