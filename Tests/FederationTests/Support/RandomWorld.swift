import Federation

extension World {
  /// A random federation with a random past: both layouts, shared zones, every condition, orders, foreign records,
  /// damaged states. Small on purpose, so that rare combinations meet often.
  static func random(_ random: inout SeededGenerator) -> World {
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: 0..<elements.count, using: &random)]
    }
    var world = World()
    world.services = []
    world.federation.nameLayout = random.oneIn(2) ? .flat : .nested
    let regions = ["r1", "r2", "r3"]
    for index in 0..<Int.random(in: 1...6, using: &random) {
      let region = random.oneIn(30) ? "" : pick(regions)
      var zones = Set((0..<Int.random(in: 1...2, using: &random)).map { _ in "\(region)-\(pick(["a", "b"]))" })
      if random.oneIn(20) { zones.insert(pick(["r2", "", "shared", "bad zone"])) }
      world.clusters.append(
        Cluster(
          name: "c\(index)", region: region, zones: zones.sorted(),
          condition: random.oneIn(3) ? pick(ClusterCondition.allCases) : .ready))
    }
    world.hosts = ["lb.example.net": [.v4(0xC633_6407), .v6(0x2001_0DB8_0000_0000, 9)]]
    let pool =
      (1...8).map { "192.0.2.\($0)" } + (1...4).map { "2001:db8::\($0)" } + [
        "lb.example.net", "gone.example.net", "bad address",
      ]
    for index in 0..<Int.random(in: 1...3, using: &random) {
      let key = ServiceKey(namespace: "mynamespace", name: index == 0 ? "nginx" : "s\(index)")
      var service = FederatedService(key: key, ttl: random.oneIn(4) ? 60 : nil, isDeleted: random.oneIn(12), shards: [])
      for cluster in world.clusters where !random.oneIn(5) {
        let ready = random.oneIn(3) ? 0 : 2
        let addresses = (0..<Int.random(in: 0...2, using: &random)).map { _ in pick(pool) }
        service.shards.append(
          Shard(cluster: cluster.name, addresses: addresses, readyEndpoints: ready, totalEndpoints: 2))
      }
      if random.oneIn(20) {
        service.shards.append(Shard(cluster: "unknown", addresses: ["192.0.2.9"], readyEndpoints: 1, totalEndpoints: 1))
      }
      world.services.append(service)
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      let target: CordonTarget =
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .zone("\(pick(regions))-\(pick(["a", "b"]))")
        case 1: .region(pick(regions))
        case 2: .cluster("c\(Int.random(in: 0..<4, using: &random))")
        default: .shard(cluster: "c0", service: nginx)
        }
      world.order(
        random.oneIn(2) ? .drain : .cordon, target, service: random.oneIn(2) ? nginx : nil,
        expires: random.oneIn(4) ? 0 : 60)
    }
    world.limits = pick([.default, .default, SafetyLimits(massChangeShare: 1, healthChangeShare: 1)])
    return world
  }

  /// The same federation some time later: conditions, endpoints, addresses, clusters and orders have moved.
  mutating func age(_ random: inout SeededGenerator) {
    for index in clusters.indices where random.oneIn(4) {
      clusters[index].condition = ClusterCondition.allCases[Int.random(in: 0..<4, using: &random)]
    }
    for index in services.indices {
      for shard in services[index].shards.indices where random.oneIn(3) {
        services[index].shards[shard].readyEndpoints = Int.random(in: 0...1, using: &random)
        if random.oneIn(3) {
          services[index].shards[shard].addresses = ["192.0.2.\(Int.random(in: 1...20, using: &random))"]
        }
      }
      if random.oneIn(6), !services[index].shards.isEmpty { services[index].shards.removeLast() }
      if random.oneIn(15) { services[index].isDeleted = true }
    }
    if random.oneIn(4) { cordons.removeAll() }
    if random.oneIn(3) {
      order(random.oneIn(2) ? .drain : .cordon, .cluster("c\(Int.random(in: 0..<5, using: &random))"), expires: 60)
    }
    if random.oneIn(12) { federation.nameLayout = federation.nameLayout == .flat ? .nested : .flat }
  }

  /// Puts somebody else's records at names of ours, and damages some of ours.
  mutating func disturb(_ random: inout SeededGenerator) {
    let names = context.names(of: services[0]).map(\.name)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      guard let name = names.randomElement(using: &random) else { return }
      let type = RecordType.allCases[Int.random(in: 0..<4, using: &random)]
      guard !published.contains(where: { $0.recordSet.key == RecordKey(name: name, type: type) }) else { continue }
      let values =
        switch type {
        case .a: ["198.51.100.99"]
        case .aaaa: ["2001:db8:ffff::1"]
        case .cname: ["elsewhere.example.org"]
        case .txt: [random.oneIn(2) ? "heritage=external-dns,external-dns/owner=x" : "hello"]
        }
      published.append(
        PublishedRecordSet(
          recordSet: RecordSet(name: name, type: type, ttl: 30, values: values), owner: random.oneIn(3) ? "other" : nil)
      )
    }
    if random.oneIn(3), !published.isEmpty { published.remove(at: Int.random(in: 0..<published.count, using: &random)) }
  }
}
