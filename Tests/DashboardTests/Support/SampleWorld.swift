import Control
import Federation
import Resolution

/// The world of the seed table, as a snapshot that tests may change before it is shown.
struct SampleWorld {
  static let now = Timestamp(seconds: 1_792_159_351)
  static let nginx = ServiceKey(namespace: "mynamespace", name: "nginx")
  static let regions: [(name: String, zones: [String])] = [
    ("asia-east1", ["a", "b", "c"]), ("europe-west1", ["b", "c", "d"]), ("us-central1", ["a", "b", "c", "f"]),
    ("us-east1", ["b", "c", "d"]),
  ]
  static let healthy = [
    "asia-east1-a": "130.211.57.243", "asia-east1-c": "130.211.56.221", "us-central1-a": "104.197.247.191",
    "us-central1-b": "104.197.244.180", "us-central1-c": "104.197.245.170",
  ]

  var snapshot: FederationSnapshot

  init(services: [ServiceKey] = [Self.nginx]) {
    var clusters: [ClusterSnapshot] = []
    for region in Self.regions {
      for letter in region.zones {
        let zone = "\(region.name)-\(letter)"
        clusters.append(
          ClusterSnapshot(
            cluster: Cluster(name: zone, region: region.name, zones: [zone], condition: .ready), reason: "answers",
            lastHeard: Self.now + .seconds(-2), since: Self.now + .seconds(-86_000)))
      }
    }
    snapshot = FederationSnapshot(
      revision: 1, time: Self.now,
      federation: Federation(name: "myfederation", domain: DomainName(canonical: "example.com")),
      provider: "rfc2136", clusters: clusters, services: services.map(Self.service), cordons: [], dns: .inStep,
      leader: .this,
      events: [
        Event(
          time: Self.now + .seconds(-41), kind: .down, subject: "us-central1-f/mynamespace/nginx",
          message: "0 of 3 endpoints ready → the zone's name is a CNAME to us-central1"),
        Event(
          time: Self.now + .seconds(-90), kind: .applied, subject: "mynamespace/nginx",
          message: "3 names changed, generation 812, 2 of 2 name servers in 0.4 s"),
      ])
  }

  static func name(_ label: String?, of service: ServiceKey = nginx) -> DomainName {
    let head = "\(service.name).\(service.namespace).myfederation.svc"
    return DomainName(canonical: label.map { "\(head).\($0).example.com" } ?? "\(head).example.com")
  }

  static func service(_ key: ServiceKey) -> ServiceSnapshot {
    var shards: [ShardSnapshot] = []
    var names: [NameSnapshot] = []
    func add(_ label: String?, _ level: Level, _ addresses: [String], up: String?) {
      let set =
        addresses.isEmpty
        ? RecordSet(name: name(label, of: key), type: .cname, ttl: 180, values: [name(up, of: key).text])
        : RecordSet(name: name(label, of: key), type: .a, ttl: 180, values: addresses)
      names.append(
        NameSnapshot(
          name: name(label, of: key), level: level, desired: [set], published: [set],
          servers: ServerCount(agreeing: 2, asked: 2)))
    }
    add(nil, .global, Array(healthy.values), up: nil)
    for region in regions {
      let zones = region.zones.map { "\(region.name)-\($0)" }
      add(region.name, .region(region.name), zones.compactMap { healthy[$0] }, up: nil)
      for zone in zones {
        let address = healthy[zone]
        add(zone, .zone(zone, region: region.name), address.map { [$0] } ?? [], up: region.name)
        shards.append(shard(key, zone, region.name, address: address))
      }
    }
    return ServiceSnapshot(key: key, ttl: 180, generation: 812, shards: shards, names: names, held: [])
  }

  static func shard(_ key: ServiceKey, _ zone: String, _ region: String, address: String?) -> ShardSnapshot {
    let ready = address == nil ? 0 : 3
    return ShardSnapshot(
      shard: Shard(
        cluster: zone, addresses: [address ?? "104.197.240.\(zone.utf8.reduce(0) { ($0 + Int($1)) % 250 })"],
        readyEndpoints: ready, totalEndpoints: 3), region: region, zones: [zone],
      verdict: Verdict(
        service: key, cluster: zone, isHealthy: address != nil, reason: address == nil ? .noReadyEndpoints : .healthy),
      isServing: address != nil, observed: now + .seconds(-2), since: now + .seconds(-252),
      history: [3, 3, 3, 2, ready, ready, ready, ready])
  }

  /// Gives every name of the first service what its serving shards make of it.
  mutating func publish() {
    let service = snapshot.services[0]
    for index in service.names.indices {
      let name = service.names[index]
      func addresses(_ isHere: (ShardSnapshot) -> Bool) -> [String] {
        service.shards.filter { $0.isServing && isHere($0) }.flatMap(\.shard.addresses)
      }
      let (values, up): ([String], String?) =
        switch name.level {
        case .zone(let zone, let region): (addresses { $0.zones.contains(zone) }, region)
        case .region(let region): (addresses { $0.region == region }, nil)
        case .global: (addresses { _ in true }, nil)
        }
      let set =
        values.isEmpty
        ? RecordSet(name: name.name, type: .cname, ttl: 180, values: [Self.name(up).text])
        : RecordSet(name: name.name, type: .a, ttl: 180, values: values)
      snapshot.services[0].names[index].desired = [set]
      snapshot.services[0].names[index].published = [set]
    }
  }

  /// Changes the shard of the first service in a cluster.
  mutating func change(_ cluster: String, _ edit: (inout ShardSnapshot) -> Void) {
    for index in snapshot.services[0].shards.indices
    where snapshot.services[0].shards[index].shard.cluster == cluster {
      edit(&snapshot.services[0].shards[index])
    }
  }

  mutating func loseCluster(_ name: String) {
    for index in snapshot.clusters.indices where snapshot.clusters[index].cluster.name == name {
      snapshot.clusters[index].cluster.condition = .unreachable
      snapshot.clusters[index].reason = "no answer: connection refused"
      snapshot.clusters[index].lastHeard = Self.now + .seconds(-48)
    }
    change(name) { shard in
      shard.verdict.isHealthy = false
      shard.verdict.reason = .clusterUnreachable
      shard.observed = Self.now + .seconds(-48)
    }
  }

  static func drain(_ target: CordonTarget, service: ServiceKey? = nginx, ago: Int64 = 9) -> Cordon {
    Cordon(
      kind: .drain, target: target, service: service, reason: "rack power", holder: "ops1",
      created: now + .seconds(-ago), expires: now + .seconds(2_700 - ago))
  }

  /// The trace of a zone that points at its region.
  static func trace(_ zone: String, region: String, addresses: [String]) -> Trace {
    func answers(_ content: ServerAnswer.Content) -> [ServerAnswer] {
      [
        ServerAnswer(server: "127.0.0.1:5311", content: content, ttl: 180, latency: .microseconds(400)),
        ServerAnswer(server: "127.0.0.2:5311", content: content, ttl: 180, latency: .microseconds(1_200)),
      ]
    }
    return Trace(
      name: name(zone), type: .a,
      hops: [
        Hop(name: name(zone), answers: answers(.cname(name(region)))),
        Hop(name: name(region), answers: answers(.addresses(addresses.sorted()))),
      ], outcome: .addresses(addresses.sorted()))
  }
}
