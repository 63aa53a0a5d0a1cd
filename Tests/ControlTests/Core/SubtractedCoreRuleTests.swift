import Control
import Federation
import NameServer
import Testing

/// The rules that the core keeps, each taken out once: what it forbids is seen exactly then.
@Suite("Rules of the core, one taken out at a time")
struct SubtractedCoreRuleTests {
  private let start = SeedWorld.start
  private let zone = "nginx.mynamespace.myfederation.svc.us-central1-a.example.com"

  private func published(_ rules: SafetyRules) async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core(rules: rules)
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run(limit: 20)
    return driver
  }

  @Test("whole-reads: a controller that has read nothing yet removes nothing", arguments: [true, false])
  func wholeReads(isKept: Bool) async throws {
    let rules = isKept ? SafetyRules.all : .all.without(.wholeReads)
    let before = try await published(.all)
    var core = SeedWorld.core(identity: "test/2", placed: true, rules: rules)
    core.receive(.services(.replaced([SeedWorld.service: ServiceDeclaration()])), at: start)
    core.receive(.zone(try await before.provider.readZone()), at: start)
    // Only one cluster has been read so far: the others look empty.
    for observation in SeedWorld.clusterObservations(of: "us-central1-a", region: "us-central1") {
      core.receive(.cluster("us-central1-a", observation), at: start)
    }
    var driver = Driver(core, before.store)
    await driver.run()
    let isSafe = driver.core.services[SeedWorld.service]?.plan == nil
    #expect(isSafe == isKept)
  }

  @Test("idempotent: a second run makes no calls", arguments: [true, false])
  func idempotent(isKept: Bool) async throws {
    let driver = try await published(isKept ? .all : .all.without(.idempotent))
    #expect((driver.batches.count == 1) == isKept)
  }

  @Test("read-back: a drain is not served because the provider said so", arguments: [true, false])
  func readBack(isKept: Bool) async throws {
    var driver = try await published(isKept ? .all : .all.without(.readBack))
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: "ops1",
      created: start, expires: start + .seconds(3_600))
    driver.core.receive(.cordons(.set("zone.us-central1-b", CordonRecord(cordon: cordon))), at: start)
    await driver.run()
    let phase = driver.core.orderStatuses(at: start)["zone.us-central1-b"]?.phase
    #expect(phase == (isKept ? .committed : .served))
  }

  @Test("flap-damping: the way up waits after a few failures, the way down never does", arguments: [true, false])
  func damping(isKept: Bool) async throws {
    var driver = try await published(isKept ? .all : .all.without(.flapDamping))
    func serves() async throws -> Bool { try await driver.resolved()[zone] == ["104.197.247.191"] }
    for round in 0..<6 {
      let now = start + .seconds(Int64(round * 2))
      driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
      await driver.run(at: now)
      #expect(try await !serves(), "round \(round): what fails leaves at once")
      driver.core.receive(SeedWorld.scale("us-central1-a", to: 3), at: now)
      await driver.run(at: now)
      #expect(try await serves() == (round < 4 || !isKept), "round \(round)")
    }
    guard isKept else { return }
    let now = start + .seconds(11)
    let snapshot = driver.core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: now)
    let shard = try #require(snapshot.services.first?.shards.first { $0.shard.cluster == "us-central1-a" })
    #expect(shard.verdict.reason == .damped)
    let hold = try #require(snapshot.services.first?.held.first { $0.rule == .flapDamping })
    #expect(hold.why.contains("failures in") && hold.why.contains("returns at"))
    #expect(driver.core.log.events.contains { $0.kind == .held && $0.message.hasPrefix("flap-damping: damped") })
    // It returns by itself.
    for second in stride(from: 12, through: 400, by: 4) {
      driver.core.tick(at: start + .seconds(Int64(second)))
      await driver.run(at: start + .seconds(Int64(second)))
    }
    #expect(try await serves())
  }
}
