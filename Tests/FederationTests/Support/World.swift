import Federation

/// A small federation written down in a test.
struct World {
  var federation = Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
  var clusters: [Cluster] = []
  var services: [FederatedService] = []
  var cordons: [Cordon] = []
  var hosts: [String: [IPAddress]] = [:]
  var limits = SafetyLimits.default
  var overrides: Set<SafetyRule> = []
  var rules = SafetyRules.all
  var published: [PublishedRecordSet] = []
  var now = Timestamp(seconds: 1_000_000)

  static let nginx = ServiceKey(namespace: "mynamespace", name: "nginx")
  static let stem = "nginx.mynamespace.myfederation.svc."

  var context: PlanningContext {
    PlanningContext(
      federation: federation, clusters: clusters, limits: limits, cordons: cordons, hosts: hosts, now: now,
      overrides: overrides, rules: rules)
  }

  func plan() -> FederationPlan {
    let context = context
    return context.plan(services, published: context.grouped(published).services, window: nil)
  }

  /// One cluster a zone and one shard of nginx in each, from rows of zone, region, addresses and ready endpoints.
  init(_ rows: [(zone: String, region: String, addresses: [String], ready: Int)] = []) {
    clusters = rows.map { Cluster(name: $0.zone, region: $0.region, zones: [$0.zone], condition: .ready) }
    services = [
      FederatedService(
        key: World.nginx,
        shards: rows.map {
          Shard(cluster: $0.zone, addresses: $0.addresses, readyEndpoints: $0.ready, totalEndpoints: 3)
        })
    ]
  }

  /// The state after a plan: the plan's records are ours, what is somebody else's stays.
  mutating func apply(_ plan: FederationPlan) {
    let own = plan.services.flatMap(\.records).map { PublishedRecordSet(recordSet: $0, owner: federation.name) }
    published = published.filter { $0.owner != federation.name || $0.recordSet.type == .txt } + own
  }

  /// The seed table: 13 clusters, five of them healthy.
  static var seed: World {
    let healthy = [
      "asia-east1-a": "130.211.57.243", "asia-east1-c": "130.211.56.221", "us-central1-a": "104.197.247.191",
      "us-central1-b": "104.197.244.180", "us-central1-c": "104.197.245.170",
    ]
    let regions = [("asia-east1", "abc"), ("europe-west1", "bcd"), ("us-central1", "abcf"), ("us-east1", "bcd")]
    return World(
      regions.flatMap { region, letters in
        letters.map { letter in
          let zone = "\(region)-\(letter)"
          return (zone, region, [healthy[zone] ?? "203.0.113.\(letter.asciiValue ?? 0)"], healthy[zone] == nil ? 0 : 3)
        }
      })
  }

  /// `zone A 1.2.3.4 5.6.7.8` for each record of nginx, `@` for the global name and as the target of aliases.
  func table(_ plan: FederationPlan) -> [String] {
    plan.services.flatMap(\.records).map { set in
      "\(short(set.name.text)) \(set.type.rawValue) \(set.values.map(short).joined(separator: " "))"
    }
  }

  func short(_ text: String) -> String {
    guard text.hasPrefix(World.stem) else { return text }
    return text == World.stem + "example.com"
      ? "@" : String(text.dropFirst(World.stem.count).dropLast(".example.com".count))
  }

  func name(_ short: String) -> DomainName {
    DomainName(canonical: short == "@" ? World.stem + "example.com" : "\(World.stem)\(short).example.com")
  }

  mutating func publish(
    _ short: String, _ type: RecordType, _ values: [String], owner: String? = "myfederation", ttl: UInt32 = 180
  ) {
    published.append(
      PublishedRecordSet(recordSet: RecordSet(name: name(short), type: type, ttl: ttl, values: values), owner: owner))
  }

  mutating func order(_ kind: Cordon.Kind, _ target: CordonTarget, service: ServiceKey? = nil, expires: Int64 = 3_600) {
    cordons.append(
      Cordon(
        kind: kind, target: target, service: service, reason: "test", holder: "test", created: now,
        expires: now + .seconds(expires)))
  }
}
