import Control
import DNSProviders
import Federation
import JSON
import NameServer
import Testing

@Suite("Rollback")
struct RollbackTests {
  private let now = SeedWorld.start

  /// A world at generation 2, in which us-central1-a has gone; generation 1 had it.
  private func world() async throws -> (driver: Driver, history: AuditHistory) {
    var core = SeedWorld.core()
    core.audit.isOn = true
    let store = SeedWorld.emptyZone()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.runAudited()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
    await driver.runAudited()
    let history = AuditHistory(driver.core.takeAudit())
    return (driver, history)
  }

  private func order(_ history: AuditHistory, to generation: UInt64 = 1, overrides: Set<SafetyRule> = []) throws
    -> RollbackOrder
  {
    let record = try #require(history.published(SeedWorld.service, at: generation))
    return RollbackOrder(
      service: SeedWorld.service, generation: generation, records: record.records, reason: "bad release",
      holder: "alice@desk", created: now, expires: now + .seconds(600), overrides: overrides)
  }

  private func global(_ driver: Driver) async throws -> [String] {
    try await driver.provider.readZone().recordSets
      .first { $0.name.text == "nginx.mynamespace.myfederation.svc.example.com" && $0.type == .a }?.values ?? []
  }

  @Test("The history has what each generation published")
  func generations() async throws {
    let (_, history) = try await world()
    #expect(history.generations(of: SeedWorld.service) == [1, 2])
    #expect(history.published(SeedWorld.service, at: 9) == nil)
  }

  @Test("An address that is known not to serve objects, and does not come back")
  func knownDead() async throws {
    var (driver, history) = try await world()
    let order = try order(history)
    let found = driver.core.preview(order, at: now)
    let preview = try #require(found)
    #expect(preview.objections.map(\.rule) == [.knownDead])
    let before = try await global(driver)
    driver.core.receive(.rollbacks(.set(RollbackObject.name(of: SeedWorld.service), order)), at: now)
    await driver.runAudited()
    #expect(try await global(driver) == before)
    #expect(!before.contains("104.197.247.191"))
  }

  @Test("Overridden by name it comes back, until the order expires")
  func overridden() async throws {
    var (driver, history) = try await world()
    let order = try order(history, overrides: [.knownDead])
    let found = driver.core.preview(order, at: now)
    let preview = try #require(found)
    #expect(preview.objections.isEmpty && !preview.plan.changes.isEmpty)
    driver.core.receive(.rollbacks(.set(RollbackObject.name(of: SeedWorld.service), order)), at: now)
    await driver.runAudited()
    #expect(try await global(driver).contains("104.197.247.191"))
    let snapshot = driver.core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: now)
    #expect(snapshot.services[0].pin == order && snapshot.services[0].generation == 3)
    let record = try #require(AuditHistory(driver.core.takeAudit()).records.last { $0.fence?.to == 3 })
    #expect(record.holder == "alice@desk" && record.rules == [.knownDead])
    #expect(record.why.contains("rolled back to generation 1: bad release"))

    let later = now + .seconds(601)
    driver.core.tick(at: later)
    await driver.runAudited(at: later)
    #expect(try await !global(driver).contains("104.197.247.191"), "health decides again")
  }

  @Test("What came after the generation leaves, and what is drained stays out")
  func newcomersAndDrains() async throws {
    var (driver, history) = try await world()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 3), at: now)
    await driver.runAudited()
    #expect(try await global(driver).contains("104.197.247.191"))
    let order = try order(history, to: 2)
    driver.core.receive(.rollbacks(.set(RollbackObject.name(of: SeedWorld.service), order)), at: now)
    await driver.runAudited()
    #expect(try await !global(driver).contains("104.197.247.191"), "generation 2 did not have it")
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack", holder: "bob", created: now,
      expires: now + .seconds(500))
    // What the rollback took away counts for mass-change as well; its window is over by then.
    let later = now + .seconds(400)
    driver.core.receive(.cordons(.set("zone.us-central1-b", CordonRecord(cordon: cordon))), at: later)
    await driver.runAudited(at: later)
    #expect(try await !global(driver).contains("104.197.244.180"))
  }

  @Test("A rollback never empties a name")
  func neverEmpty() async throws {
    var (driver, history) = try await world()
    let order = try order(history)
    driver.core.receive(.rollbacks(.set(RollbackObject.name(of: SeedWorld.service), order)), at: now)
    for zone in SeedWorld.healthy.keys.sorted() { driver.core.receive(SeedWorld.scale(zone, to: 0), at: now) }
    await driver.runAudited()
    #expect(try await !global(driver).isEmpty)
  }

  @Test("The object comes back as it went in, and is no cordon to those who do not know it")
  func object() async throws {
    let (_, history) = try await world()
    let order = try order(history, overrides: [.massChange])
    let object = RollbackObject.encode(order)
    #expect(RollbackObject.decode(object)?.order == order)
    #expect(CordonObject.decode(object) == nil)
    var empty = object
    empty["spec"]?["records"] = []
    #expect(RollbackObject.decode(empty) == nil, "an order that would empty the names is none")
  }
}
