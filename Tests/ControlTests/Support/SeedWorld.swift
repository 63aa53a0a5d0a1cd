import Control
import DNSProviders
import Federation
import NameServer

/// The federation of the original document as observations: thirteen clusters, five healthy shards.
struct SeedWorld {
  static let service = ServiceKey(namespace: "mynamespace", name: "nginx")
  static let start = Timestamp(seconds: 1_767_225_600)
  static let zones: [(region: String, letters: String)] = [
    ("asia-east1", "abc"), ("europe-west1", "bcd"), ("us-central1", "abcf"), ("us-east1", "bcd"),
  ]
  static let healthy = [
    "asia-east1-a": "130.211.57.243", "asia-east1-c": "130.211.56.221", "us-central1-a": "104.197.247.191",
    "us-central1-b": "104.197.244.180", "us-central1-c": "104.197.245.170",
  ]

  /// Every zone with its region, in order.
  static var places: [(zone: String, region: String)] {
    zones.flatMap { region, letters in letters.map { ("\(region)-\($0)", region) } }
  }

  static var federation: Federation {
    Federation(name: "myfederation", domain: DomainName(canonical: "example.com"))
  }

  static func core(
    identity: String = "test/1", placed: Bool = false, places: [String: MemberPlace] = [:], rules: SafetyRules = .all
  ) -> ControlCore {
    ControlCore(
      federation: federation, limits: .default, identity: identity,
      members: Self.places.map {
        Configuration.Member(context: $0.zone, region: placed ? $0.region : nil, zones: placed ? [$0.zone] : [])
      }, places: places, rules: rules, at: start)
  }

  /// What every cluster says when all goes as in the table.
  static func clusterObservations(of zone: String, region: String) -> [ClusterObservation] {
    let ready = healthy[zone] == nil ? 0 : 3
    return [
      .probe(.ready), .nodes(["node-1": .init(region: region, zone: zone)]),
      .services([service: [healthy[zone] ?? "192.0.2.\(zone.utf8.reduce(0) { ($0 &+ Int($1)) % 200 } + 1)"]]),
      .endpoints([service: ["nginx-1": .init(family: .v4, ready: ready, total: ready)]]),
    ]
  }

  /// Hands a core everything: declarations, no orders, all clusters but the silent ones, and the zone.
  static func fill(
    _ core: inout ControlCore, from store: ZoneStore, silent: Set<String> = [], at now: Timestamp = start
  )
    async throws
  {
    core.receive(.services(.replaced([service: ServiceDeclaration()])), at: now)
    core.receive(.cordons(.replaced([:])), at: now)
    for (zone, region) in places {
      if silent.contains(zone) {
        for _ in 0..<3 { core.receive(.cluster(zone, .probe(.unreachable("connection refused"))), at: now) }
      } else {
        for observation in clusterObservations(of: zone, region: region) {
          core.receive(.cluster(zone, observation), at: now)
        }
      }
    }
    core.receive(.zone(try await EmbeddedProvider(store, federation: SeedWorld.federation).readZone()), at: now)
  }

  static func scale(_ zone: String, to ready: Int) -> Observation {
    .cluster(zone, .endpoint("nginx-1", service, .init(family: .v4, ready: ready, total: ready)))
  }

  static func emptyZone() -> ZoneStore { ZoneStore(AuthoritativeZone(apex: DomainName(canonical: "example.com"))) }
}

/// Carries a core's actions out at a zone, as the shell does.
struct Driver {
  var core: ControlCore
  let provider: EmbeddedProvider
  let store: ZoneStore
  /// Every batch that was committed.
  private(set) var batches: [Batch] = []

  init(_ core: ControlCore, _ store: ZoneStore) {
    self.core = core
    self.store = store
    self.provider = EmbeddedProvider(store, federation: SeedWorld.federation)
  }

  /// The seed world with everything told and published.
  static func settled() async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    return driver
  }

  /// Runs until nothing is left to do, or after at most `limit` actions.
  mutating func run(at now: Timestamp = SeedWorld.start, limit: Int = 100) async {
    for _ in 0..<limit {
      guard let action = core.nextAction(in: .lead, at: now) else { return }
      switch action {
      case .commit(let batch):
        do {
          try await provider.commit(batch)
          batches.append(batch)
          core.committed(batch, at: now)
        } catch {
          core.failed(batch, error, at: now)
        }
      case .read(let service, let names):
        do {
          core.receive(.names(service, try await provider.read(service, names: names)), at: now)
        } catch {
          core.failedToRead(service, error, at: now)
        }
      }
    }
  }

  /// A provider for another zone.
  func provider(at store: ZoneStore) -> EmbeddedProvider { EmbeddedProvider(store, federation: SeedWorld.federation) }

  /// How far the one drain in force has come.
  var drainStatus: DrainStatus? {
    mutating get {
      core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: SeedWorld.start).drains.first
    }
  }

  /// What every published name leads to, through its CNAMEs; an empty list is the unforgivable thing.
  func resolved() async throws -> [String: [String]] {
    let sets = try await provider.readZone().recordSets
    var byName: [DomainName: [RecordSet]] = [:]
    for set in sets { byName[set.name, default: []].append(set) }
    var result: [String: [String]] = [:]
    for name in byName.keys {
      var current = name
      for _ in 0..<12 {
        guard let alias = byName[current]?.first(where: { $0.type == .cname })?.values.first else { break }
        current = DomainName(canonical: alias)
      }
      result[name.text] = (byName[current] ?? []).filter { $0.type == .a || $0.type == .aaaa }.flatMap(\.values)
    }
    return result
  }
}
