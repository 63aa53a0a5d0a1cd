import Control
import DNSProviders
import Federation
import NameServer
import Testing

@Suite("The controller's core")
struct ControlCoreTests {
  private let base = "nginx.mynamespace.myfederation.svc"

  private func published(_ silent: Set<String> = []) async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store, silent: silent)
    var driver = Driver(core, store)
    await driver.run()
    return driver
  }

  @Test("Publishes the seed table in one batch")
  func seedTable() async throws {
    let driver = try await published()
    #expect(driver.batches.count == 1)
    let names = try await driver.resolved()
    #expect(names.count == 13 + 4 + 1)
    #expect(names["\(base).us-central1-a.example.com"] == ["104.197.247.191"])
    #expect(names["\(base).us-central1-f.example.com"]?.count == 3)
    #expect(names["\(base).europe-west1-b.example.com"]?.sorted() == SeedWorld.healthy.values.sorted())
    #expect(names["\(base).example.com"]?.sorted() == SeedWorld.healthy.values.sorted())
  }

  @Test("Nothing is planned before everything has been read")
  func waitsForTheWorld() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    #expect(core.isSettled)
    var partial = SeedWorld.core()
    partial.receive(.services(.replaced([SeedWorld.service: ServiceDeclaration()])), at: SeedWorld.start)
    partial.receive(.cordons(.replaced([:])), at: SeedWorld.start)
    partial.receive(
      .zone(try await EmbeddedProvider(store, federation: SeedWorld.federation).readZone()), at: SeedWorld.start)
    #expect(!partial.isSettled)
    #expect(partial.nextAction(in: .lead, at: SeedWorld.start) == nil)
    #expect(partial.waitingFor.contains("us-central1-a"))
  }

  @Test("One changed endpoint is one batch with the names it concerns")
  func failsOver() async throws {
    var driver = try await published()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    await driver.run()
    #expect(driver.batches.count == 2)
    #expect(
      Set(driver.batches[1].changes.map(\.name.text)) == [
        "\(base).us-central1-a.example.com", "\(base).us-central1.example.com", "\(base).example.com",
      ])
    let names = try await driver.resolved()
    #expect(names["\(base).us-central1-a.example.com"]?.sorted() == ["104.197.244.180", "104.197.245.170"])
  }

  @Test("An unreachable cluster changes nothing: held, also across a restart")
  func holdsUnreachable() async throws {
    var driver = try await published()
    for _ in 0..<3 {
      driver.core.receive(.cluster("us-central1-a", .probe(.unreachable("connection refused"))), at: SeedWorld.start)
    }
    await driver.run()
    #expect(driver.batches.count == 1)
    // A new controller that has never seen the cluster, and has only its configured place.
    var core = SeedWorld.core(identity: "test/2", placed: true)
    try await SeedWorld.fill(&core, from: driver.store, silent: ["us-central1-a"])
    var second = Driver(core, driver.store)
    await second.run()
    #expect(second.batches.isEmpty)
    let snapshot = second.core.snapshot(provider: "embedded", environment: nil, mode: .lead, at: SeedWorld.start)
    let shard = try #require(snapshot.services.first?.shards.first { $0.shard.cluster == "us-central1-a" })
    #expect(shard.verdict.reason == .clusterUnreachable)
    #expect(shard.isServing)
  }

  @Test("A cluster that is dead when the controller starts is held at the place it was last seen at")
  func remembersPlaces() async throws {
    let driver = try await published()
    let places = ["us-central1-a": MemberPlace(region: "us-central1", zones: ["us-central1-a"])]
    #expect(MemberPlace.decode(MemberPlace.encode(places)) == places)
    #expect(MemberPlace.decode("no JSON").isEmpty)
    var core = SeedWorld.core(identity: "test/2", places: places)
    try await SeedWorld.fill(&core, from: driver.store, silent: ["us-central1-a"])
    var second = Driver(core, driver.store)
    second.core.receive(SeedWorld.scale("asia-east1-a", to: 0), at: SeedWorld.start)
    await second.run()
    // What is known goes on: only the dead cluster's names are held.
    #expect(second.batches.count == 1)
    #expect(try await second.resolved()["\(base).us-central1-a.example.com"] == ["104.197.247.191"])
    #expect(try await second.resolved()["\(base).example.com"]?.contains("104.197.247.191") == true)
  }

  @Test("A cluster that was never seen and has no configured place stops every removal")
  func holdsUnplaced() async throws {
    let driver = try await published()
    var core = SeedWorld.core(identity: "test/2")
    try await SeedWorld.fill(&core, from: driver.store, silent: ["us-central1-a"])
    var second = Driver(core, driver.store)
    await second.run()
    #expect(second.batches.isEmpty)
    #expect(try await second.resolved()["\(base).us-central1-a.example.com"] == ["104.197.247.191"])
    #expect(second.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .wholeReads } == true)
  }

  @Test("A foreign A or TXT at a managed name is left alone and reported")
  func leavesForeignAlone() async throws {
    let store = SeedWorld.emptyZone()
    let name = DomainName(canonical: "\(base).us-central1-b.example.com")
    let foreign = Batch(
      service: SeedWorld.service, markName: DomainName(canonical: "elsewhere.example.com"), expected: nil, next: nil,
      changes: [
        Change(
          action: .create, name: name, before: nil,
          after: RecordSet(name: name, type: .a, ttl: 60, values: ["203.0.113.9"]))
      ])
    try await EmbeddedProvider(store, federation: SeedWorld.federation).commit(foreign)
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    let names = try await driver.resolved()
    #expect(names[name.text] == ["203.0.113.9"])
    #expect(names["\(base).us-central1-a.example.com"] == ["104.197.247.191"])
    let held = try #require(driver.core.services[SeedWorld.service]?.plan?.held)
    #expect(held.contains { $0.rule == .owned && $0.name == name })
  }

  @Test("An empty list of endpoints is no cluster's report: what goes with it has vanished")
  func emptyEndpointLists() async throws {
    var driver = try await published()
    for (zone, second) in [("us-central1-a", 0), ("us-central1-b", 30)] as [(String, Int64)] {
      driver.core.receive(.cluster(zone, .endpoints([:])), at: SeedWorld.start + .seconds(second))
      await driver.run(at: SeedWorld.start + .seconds(second))
    }
    // Doubted at first (rule whole-reads).
    #expect(try await driver.resolved()["\(base).example.com"]?.count == 5)
    for second in [60, 90] as [Int64] {
      driver.core.tick(at: SeedWorld.start + .seconds(second))
      await driver.run(at: SeedWorld.start + .seconds(second))
    }
    // One address of five may vanish, two may not; reported by the clusters themselves, two might.
    #expect(try await driver.resolved()["\(base).example.com"]?.count == 4)
    #expect(driver.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .massChange } == true)
  }

  @Test("A writer that was paused and wakes changes nothing")
  func pausedWriter() async throws {
    var first = try await published()
    var core = SeedWorld.core(identity: "test/2")
    try await SeedWorld.fill(&core, from: first.store)
    var second = Driver(core, first.store)
    second.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    await second.run()
    let after = try await second.resolved()
    // The first still believes in the old generation, and in a world of its own.
    first.core.receive(SeedWorld.scale("us-central1-b", to: 0), at: SeedWorld.start)
    let action = first.core.nextAction(in: .lead, at: SeedWorld.start)
    guard case .commit(let batch)? = action else {
      Issue.record("expected a commit")
      return
    }
    await #expect(throws: ProviderError.self) { try await first.provider.commit(batch) }
    #expect(try await second.resolved() == after)
  }

  @Test("Killed between any two steps, a new controller converges and no name is ever empty")
  func killedAnywhere() async throws {
    let changes: [Observation] = [
      SeedWorld.scale("us-central1-a", to: 0), SeedWorld.scale("us-central1-b", to: 0),
      SeedWorld.scale("europe-west1-b", to: 2), SeedWorld.scale("us-central1-c", to: 0),
      SeedWorld.scale("us-central1-a", to: 3),
    ]
    for killedAfter in 0...changes.count {
      for loses in [false, true] {
        var driver = try await published()
        for change in changes.prefix(killedAfter) {
          driver.core.receive(change, at: SeedWorld.start)
          await driver.run()
          #expect(try await driver.resolved().values.allSatisfy { !$0.isEmpty })
        }
        if killedAfter < changes.count {
          driver.core.receive(changes[killedAfter], at: SeedWorld.start)
          // The commit is planned, and either never sent or its reply lost; then the process is gone.
          if case .commit(let batch)? = driver.core.nextAction(in: .lead, at: SeedWorld.start), loses {
            try await driver.provider.commit(batch)
          }
        }
        var core = SeedWorld.core(identity: "test/2")
        try await SeedWorld.fill(&core, from: driver.store)
        for change in changes { core.receive(change, at: SeedWorld.start) }
        var second = Driver(core, driver.store)
        await second.run()
        let names = try await second.resolved()
        #expect(names.values.allSatisfy { !$0.isEmpty })
        #expect(names["\(base).us-central1-b.example.com"]?.contains("104.197.247.191") == true)
        #expect(second.core.services[SeedWorld.service]?.plan?.changes.isEmpty == true)
      }
    }
  }

  @Test("A drain takes a zone out, and lifting it brings it back")
  func drains() async throws {
    var driver = try await published()
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: "ops1",
      created: SeedWorld.start, expires: SeedWorld.start + .seconds(3600))
    let preview = driver.core.preview(.placing([cordon]), at: SeedWorld.start)
    #expect(preview.plans.flatMap(\.changes).count == 3)
    #expect(preview.cachesEndAfter == .seconds(180))
    driver.core.receive(.cordons(.set("zone.us-central1-b", CordonRecord(cordon: cordon))), at: SeedWorld.start)
    await driver.run()
    #expect(try await driver.resolved()["\(base).us-central1-b.example.com"]?.contains("104.197.244.180") == false)
    // The three phases: accepted by the provider, served by every server, caches run out.
    let status1 = driver.drainStatus
    #expect(status1?.accepted == SeedWorld.start)
    let status2 = driver.drainStatus
    #expect(status2?.served == nil)
    let half = ServerCount(agreeing: 1, asked: 2)
    driver.core.receive(.servers(SeedWorld.service, generation: 2, half), at: SeedWorld.start + .seconds(1))
    let status3 = driver.drainStatus
    #expect(status3?.servers == half)
    let status4 = driver.drainStatus
    #expect(status4?.served == nil)
    let all = ServerCount(agreeing: 2, asked: 2)
    driver.core.receive(.servers(SeedWorld.service, generation: 2, all), at: SeedWorld.start + .seconds(2))
    let status5 = driver.drainStatus
    #expect(status5?.served == SeedWorld.start + .seconds(2))
    let status6 = driver.drainStatus
    #expect(status6?.cachesEnd == SeedWorld.start + .seconds(182))
    driver.core.receive(.cordons(.removed("zone.us-central1-b")), at: SeedWorld.start)
    await driver.run()
    #expect(try await driver.resolved()["\(base).us-central1-b.example.com"] == ["104.197.244.180"])
  }

  @Test("A drain that has expired ends by itself")
  func drainExpires() async throws {
    var driver = try await published()
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: "ops1",
      created: SeedWorld.start, expires: SeedWorld.start + .seconds(60))
    driver.core.receive(.cordons(.set("zone.us-central1-b", CordonRecord(cordon: cordon))), at: SeedWorld.start)
    await driver.run()
    let later = SeedWorld.start + .seconds(61)
    driver.core.tick(at: later)
    await driver.run(at: later)
    #expect(try await driver.resolved()["\(base).us-central1-b.example.com"] == ["104.197.244.180"])
  }

  @Test("Losing half of the clusters at once freezes DNS: it is the observer that is blind")
  func failStatic() async throws {
    var driver = try await published()
    for (zone, _) in SeedWorld.places where zone.hasPrefix("us-") {
      for _ in 0..<3 {
        driver.core.receive(.cluster(zone, .probe(.unreachable("timed out"))), at: SeedWorld.start)
      }
    }
    driver.core.receive(SeedWorld.scale("asia-east1-a", to: 0), at: SeedWorld.start)
    await driver.run()
    #expect(driver.batches.count == 1)
    #expect(driver.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .failStatic } == true)
  }

  @Test("A shard that flaps does not use up what mass-change allows; a region that goes does")
  func flapping() async throws {
    var driver = try await published()
    for _ in 0..<4 {
      for ready in [0, 3] {
        driver.core.receive(SeedWorld.scale("us-central1-a", to: ready), at: SeedWorld.start)
        await driver.run()
      }
    }
    #expect(driver.batches.count == 9)
    // All five at once would be 100 %, and more than 80 % one after the other is stopped too.
    for zone in SeedWorld.healthy.keys.sorted() {
      driver.core.receive(SeedWorld.scale(zone, to: 0), at: SeedWorld.start)
      await driver.run()
    }
    #expect(try await driver.resolved()["\(base).example.com"]?.isEmpty == false)
    #expect(driver.core.services[SeedWorld.service]?.plan?.held.isEmpty == false)
  }
}
