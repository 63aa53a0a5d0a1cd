import Control
import DNSProviders
import Federation
import NameServer

/// The seed federation with aliases declared in its configuration.
enum AliasWorld {
  static let name = DomainName(canonical: "eu.nginx.example.com")
  static let other = ServiceKey(namespace: "mynamespace", name: "web")
  static let base = "nginx.mynamespace.myfederation.svc"
  static let markName = DomainName(canonical: "_zonetop.\(base).example.com")

  static func alias(
    _ target: Alias.Target = .region("europe-west1"), of service: ServiceKey = SeedWorld.service
  ) -> Alias {
    Alias(name: name, service: service, target: target)
  }

  /// A controller that has read the world and the zone, and has done nothing yet.
  static func start(
    _ aliases: [Alias], on store: ZoneStore = SeedWorld.emptyZone(), rules: SafetyRules = .all
  ) async throws -> Driver {
    var core = ControlCore(
      federation: SeedWorld.federation, limits: SafetyLimits(massChangeShare: 1, healthChangeShare: 1),
      identity: "test/1", members: SeedWorld.places.map { Configuration.Member(context: $0.zone) }, aliases: aliases,
      rules: rules, at: SeedWorld.start)
    try await SeedWorld.fill(&core, from: store)
    return Driver(core, store)
  }

  static func published(_ aliases: [Alias]) async throws -> Driver {
    var driver = try await start(aliases)
    await driver.run()
    return driver
  }

  /// Somebody's hand at the alias's name.
  static func put(_ set: RecordSet?, in driver: Driver) async throws {
    let before = try await held(driver)
    try await driver.provider.commit(
      Batch(
        service: SeedWorld.service, markName: DomainName(canonical: "elsewhere.example.com"), expected: nil, next: nil,
        changes: before.map { Change(action: .delete, name: $0.name, before: $0, after: nil) }
          + (set.map { [Change(action: .create, name: $0.name, before: nil, after: $0)] } ?? [])))
  }

  /// What the provider holds at the alias's name.
  static func held(_ driver: Driver) async throws -> [RecordSet] {
    try await driver.provider.readZone().recordSets.filter { $0.name == name }
  }

  static func cname(_ target: String, ttl: UInt32 = 180) -> RecordSet {
    RecordSet(name: name, type: .cname, ttl: ttl, values: [target])
  }
}

extension Driver {
  /// Reads the zone again and does what is to be done.
  mutating func reread() async throws {
    core.receive(.zone(try await provider.readZone()), at: SeedWorld.start)
    await run()
  }

  var picture: FederationSnapshot {
    var core = core
    return core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: SeedWorld.start)
  }
}
