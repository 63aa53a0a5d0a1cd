import Control
import Federation
import Journal
import Resolution

/// What the controller and the name servers answered while it happened.
extension Incident {
  /// Follows a zone's name through what is published now, as both servers have it.
  ///
  /// - Parameter lagging: what the second server still answers; nil where it is as far as the first.
  mutating func walk(_ zone: String, lagging: [String]? = nil) {
    var hops: [Hop] = []
    var next: DomainName? = SampleWorld.name(zone)
    var found: [String] = []
    while let name = next, let set = world.snapshot.services[0].names.first(where: { $0.name == name })?.published.first
    {
      let isAlias = set.type == .cname
      next = isAlias ? set.values.first.map { DomainName(canonical: $0) } : nil
      found = isAlias ? [] : set.values.sorted()
      let content: ServerAnswer.Content = next.map { .cname($0) } ?? .addresses(found)
      hops.append(
        Hop(
          name: name,
          answers: [
            ("127.0.0.1:5311", 400, content), ("127.0.0.2:5311", 1_200, lagging.map { .addresses($0) } ?? content),
          ].map {
            ServerAnswer(
              server: $0.0, content: $0.2, ttl: 180, latency: .microseconds($0.1))
          }))
    }
    add(.trace(Trace(name: SampleWorld.name(zone), type: .a, hops: hops, outcome: .addresses(found))))
  }

  /// What draining these scopes would do, looked at and not done.
  mutating func suppose(_ targets: [CordonTarget], hash: String, objections: [Hold] = []) {
    let orders = targets.map { target in
      var order = SampleWorld.drain(target, ago: 0)
      order.created = time
      order.expires = time + .seconds(3_600)
      return order
    }
    add(.preview(plan(orders, hash: hash, objections: objections)))
  }

  /// What drains would do now.
  func plan(_ orders: [Cordon], hash: String, objections: [Hold]) -> DrainPreview {
    let out = world.snapshot.services[0].shards.filter { shard in
      orders.contains { order in
        switch order.target {
        case .zone(let zone): shard.zones.contains(zone)
        case .region(let region): shard.region == region
        case .cluster(let name), .shard(let name, _): shard.shard.cluster == name
        }
      }
    }
    var after = world
    for shard in out { after.change(shard.shard.cluster) { $0.isServing = false } }
    after.publish()
    let pairs = zip(world.snapshot.services[0].names, after.snapshot.services[0].names)
    let changes = pairs.flatMap { old, new -> [Change] in
      guard let before = old.published.first, let after = new.published.first, before != after else { return [] }
      if before.type == after.type { return [Change(action: .replace, name: new.name, before: before, after: after)] }
      return [
        Change(action: .delete, name: new.name, before: before, after: nil),
        Change(action: .create, name: new.name, before: nil, after: after),
      ]
    }
    let records = after.snapshot.services[0].names.flatMap(\.desired)
    let regions = Set(out.map(\.region))
    // Names that stay as they are and lead to one that changes.
    let affected = pairs.filter { old, new in
      guard case .zone(_, let region) = new.level else { return false }
      return old.published == new.published && new.published.first?.type == .cname && regions.contains(region)
    }.map(\.1.name)
    let levels =
      [(Level.global, { (_: ShardSnapshot) in true })]
      + regions.sorted().map { region in (Level.region(region), { (shard: ShardSnapshot) in shard.region == region }) }
    return DrainPreview(
      change: .placing(orders),
      plans: [ServicePlan(service: SampleWorld.nginx, records: records, changes: changes, held: [], verdicts: [])],
      affected: affected, capacity: levels.map { capacity($0, after: after, $1) }, shards: out.count { $0.isServing },
      objections: objections, cachesEndAfter: .seconds(180), planHash: hash, computed: time)
  }

  private func capacity(
    _ level: Level, after: SampleWorld, _ isHere: (ShardSnapshot) -> Bool
  ) -> DrainPreview.Capacity {
    func ready(_ world: SampleWorld) -> Int {
      world.snapshot.services[0].shards.filter { $0.isServing && isHere($0) }.reduce(0) { $0 + $1.shard.readyEndpoints }
    }
    return DrainPreview.Capacity(
      service: SampleWorld.nginx, level: level, remaining: ready(after), total: ready(world),
      peak: .init(ready: ready(world), span: .seconds(120)))
  }
}
