import Control
import DNSProviders
import Federation
import JSON
import NameServer
import Testing

@Suite("Aliases in the controller's core")
struct AliasCoreTests {
  private let wanted = AliasWorld.cname("\(AliasWorld.base).europe-west1.example.com")

  @Test("An alias comes after the names that it leads to, is ours by the mark, and a restart finds nothing to do")
  func creates() async throws {
    let driver = try await AliasWorld.published([AliasWorld.alias()])
    try #require(driver.batches.count == 2)
    #expect(driver.batches[0].changes.allSatisfy { $0.name != AliasWorld.name })
    #expect(driver.batches[1].changes.map(\.after) == [wanted])
    #expect(
      try await driver.resolved()[AliasWorld.name.text]?.sorted() == SeedWorld.healthy.values.sorted())
    #expect(try await driver.provider.readZone().marks[AliasWorld.markName]?.sets.contains(wanted.key) == true)
    let picture = try #require(driver.picture.aliases.first)
    #expect(picture.isInStep && picture.why == nil && driver.picture.dns == .inStep)
    var second = try await AliasWorld.start([AliasWorld.alias()], on: driver.store)
    await second.run()
    #expect(second.batches.isEmpty)
  }

  @Test("Changed or removed behind our back, it is put right by one change")
  func drift() async throws {
    for edit in [AliasWorld.cname("elsewhere.example.org", ttl: 5), nil] {
      var driver = try await AliasWorld.published([AliasWorld.alias()])
      try await AliasWorld.put(edit, in: driver)
      try await driver.reread()
      #expect(try await AliasWorld.held(driver) == [wanted])
      #expect(driver.batches.last?.changes.count == 1)
    }
  }

  @Test("Somebody else's record is left alone, held by its rule, and shown", arguments: [RecordType.a, .cname, .txt])
  func foreign(type: RecordType) async throws {
    var driver = try await AliasWorld.start([AliasWorld.alias()])
    let theirs = RecordSet(
      name: AliasWorld.name, type: type, ttl: 60, values: [type == .a ? "198.51.100.7" : "elsewhere.example.org"])
    try await AliasWorld.put(theirs, in: driver)
    try await driver.reread()
    #expect(try await AliasWorld.held(driver) == [theirs])
    #expect(driver.batches.count == 1, "the service's own names go on")
    let snapshot = driver.picture
    #expect(snapshot.aliases.first?.why?.hasPrefix("owned: ") == true)
    #expect(StatusReport(snapshot).lines(isWide: false).contains { $0.contains("alias eu.nginx.example.com") })
    #expect(!StatusReport(snapshot).isHealthy)
    let rows = RecordsReport(try await driver.provider.readZone(), snapshot: snapshot, at: SeedWorld.start).lines
    #expect(rows.contains { $0.hasPrefix("eu.nginx.example.com") && $0.hasSuffix("foreign") })
  }

  @Test("Deleting the service takes the alias along, before its target")
  func serviceDeleted() async throws {
    var driver = try await AliasWorld.published([AliasWorld.alias()])
    driver.core.receive(.services(.removed(SeedWorld.service)), at: SeedWorld.start)
    await driver.run()
    #expect(try await driver.provider.readZone().recordSets.isEmpty)
    #expect(driver.batches.last?.next == nil)
    let names = driver.batches.last?.changes.map(\.name) ?? []
    let own = try #require(names.firstIndex(of: AliasWorld.name))
    let target = try #require(names.firstIndex { $0.text == wanted.values[0] })
    #expect(own < target)
    #expect(driver.picture.aliases.first?.why?.contains("no federated service") == true)
  }

  @Test("Declared no more, it is removed; a service that vanished or has nothing healthy keeps it")
  func declaredNoMore() async throws {
    let driver = try await AliasWorld.published([AliasWorld.alias()])
    var vanished = try await AliasWorld.start([AliasWorld.alias()], on: driver.store)
    vanished.core.receive(.services(.replaced([:])), at: SeedWorld.start)
    await vanished.run()
    for zone in SeedWorld.healthy.keys {
      vanished.core.receive(SeedWorld.scale(zone, to: 0), at: SeedWorld.start)
    }
    vanished.core.receive(.services(.replaced([SeedWorld.service: ServiceDeclaration()])), at: SeedWorld.start)
    await vanished.run()
    #expect(vanished.batches.isEmpty)
    #expect(try await AliasWorld.held(vanished) == [wanted])

    var without = try await AliasWorld.start([], on: driver.store)
    let rows = RecordsReport(try await driver.provider.readZone(), snapshot: without.picture, at: SeedWorld.start).lines
    #expect(rows.contains { $0.hasPrefix("eu.nginx.example.com") && $0.hasSuffix("not desired") })
    await without.run()
    #expect(try await AliasWorld.held(without).isEmpty)
    #expect(without.batches.map(\.changes.count) == [1])
  }

  @Test("Led from one service to another it is replaced in one step, and both marks come to rest")
  func handedOver() async throws {
    let store = SeedWorld.emptyZone()
    func start(_ service: ServiceKey) async throws -> Driver {
      var driver = try await AliasWorld.start([AliasWorld.alias(.global, of: service)], on: store)
      driver.core.receive(.services(.set(AliasWorld.other, ServiceDeclaration())), at: SeedWorld.start)
      driver.core.receive(
        .cluster(
          "us-central1-a",
          .services([
            SeedWorld.service: ["104.197.247.191"], AliasWorld.other: ["192.0.2.77"],
          ])), at: SeedWorld.start)
      driver.core.receive(
        .cluster("us-central1-a", .endpoint("web-1", AliasWorld.other, .init(family: .v4, ready: 1, total: 1))),
        at: SeedWorld.start)
      try await driver.reread()
      return driver
    }
    _ = try await start(SeedWorld.service)
    let driver = try await start(AliasWorld.other)
    #expect(driver.batches.count == 1)
    #expect(driver.batches.first?.changes.map(\.action) == [.replace])
    #expect(try await driver.resolved()[AliasWorld.name.text] == ["192.0.2.77"])
    let again = try await start(AliasWorld.other)
    #expect(again.batches.isEmpty)
    // Declared no more, it is removed though two marks may list it.
    var without = try await AliasWorld.start([], on: store)
    without.core.receive(.services(.set(AliasWorld.other, ServiceDeclaration())), at: SeedWorld.start)
    without.core.receive(
      .cluster(
        "us-central1-a",
        .services([
          SeedWorld.service: ["104.197.247.191"], AliasWorld.other: ["192.0.2.77"],
        ])), at: SeedWorld.start)
    without.core.receive(
      .cluster("us-central1-a", .endpoint("web-1", AliasWorld.other, .init(family: .v4, ready: 1, total: 1))),
      at: SeedWorld.start)
    try await without.reread()
    #expect(try await AliasWorld.held(without).isEmpty)
  }

  @Test("An alias that the provider refuses keeps no failover waiting, and is tried again later")
  func refused() async throws {
    var driver = try await AliasWorld.start([AliasWorld.alias()])
    await driver.run(limit: 1)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: SeedWorld.start) else {
      Issue.record("no alias is made")
      return
    }
    driver.core.failed(batch, ProviderError(.refused, "an MX stands there"), at: SeedWorld.start)
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    await driver.run()
    #expect(driver.batches.count == 2, "the failover waits for nothing")
    #expect(driver.picture.aliases.first?.why?.contains("an MX stands there") == true)
    let later = SeedWorld.start + .seconds(61)
    driver.core.tick(at: later)
    await driver.run(at: later)
    #expect(try await AliasWorld.held(driver) == [wanted])
  }

  @Test("An alias of a service that nobody has declared is shown with the reason, and missing")
  func unknownService() async throws {
    let driver = try await AliasWorld.published([AliasWorld.alias(.global, of: AliasWorld.other)])
    #expect(driver.batches.count == 1)
    let snapshot = driver.picture
    #expect(snapshot.aliases.first?.why?.contains("no federated service mynamespace/web") == true)
    let rows = RecordsReport(try await driver.provider.readZone(), snapshot: snapshot, at: SeedWorld.start).lines
    #expect(rows.contains { $0.hasPrefix("eu.nginx.example.com") && $0.contains("missing: there is no") })
    #expect(StatusReport(snapshot).json["aliases"]?.array?.first?["inStep"]?.bool == false)
  }

  @Test("A lost mark is written again with the alias in it, by a new process too")
  func lostMark() async throws {
    for isNew in [false, true] {
      var driver = try await AliasWorld.published([AliasWorld.alias()])
      let mark = try #require(try await driver.provider.readZone().marks[AliasWorld.markName])
      try await driver.provider.commit(
        Batch(service: SeedWorld.service, markName: AliasWorld.markName, expected: mark, next: nil, changes: []))
      if isNew { driver = try await AliasWorld.start([AliasWorld.alias()], on: driver.store) }
      try await driver.reread()
      #expect(try await driver.provider.readZone().marks[AliasWorld.markName]?.sets == mark.sets, "new: \(isNew)")
    }
  }

  @Test("Without no-dangling the alias stands before its target")
  func subtracted() async throws {
    var driver = try await AliasWorld.start([AliasWorld.alias()], rules: .all.without(.noDangling))
    await driver.run(limit: 1)
    #expect(driver.batches.first?.changes.first?.name == AliasWorld.name)
  }
}
