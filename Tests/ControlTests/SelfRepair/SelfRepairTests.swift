import Control
import DNSProviders
import Federation
import NameServer
import Testing

/// From any content of the zone the controller comes to what should be there, without touching what is somebody else's
/// and without a moment in which a name that answered does not.
@Suite("Self-repair from any zone content")
struct SelfRepairTests {
  private let base = "nginx.mynamespace.myfederation.svc"
  private let markName = DomainName(canonical: "_zonetop.nginx.mynamespace.myfederation.svc.example.com")

  private func put(_ changes: [Change], mark: OwnershipMark?, into store: ZoneStore) async throws {
    try await EmbeddedProvider(store, federation: SeedWorld.federation).commit(
      Batch(
        service: SeedWorld.service, markName: mark == nil ? DomainName(canonical: "elsewhere.example.com") : markName,
        expected: nil, next: mark, changes: changes))
  }

  /// A controller that mass-change does not stop: that much rubbish goes only by somebody's leave, which is a rule of its own.
  private func started(on store: ZoneStore) async throws -> Driver {
    var core = ControlCore(
      federation: SeedWorld.federation, limits: SafetyLimits(massChangeShare: 1, healthChangeShare: 1),
      identity: "test/1", members: SeedWorld.places.map { Configuration.Member(context: $0.zone) }, at: SeedWorld.start)
    try await SeedWorld.fill(&core, from: store)
    return Driver(core, store)
  }

  @Test("Random records, wrong types, loops, dangling aliases, marks that lie, or nothing", arguments: 0..<60)
  func fromAnything(seed: UInt64) async throws {
    var random = RandomZone(seed: seed)
    let names = [""] + SeedWorld.zones.map { "\($0.region)." } + SeedWorld.places.map { "\($0.zone)." }
    let store = SeedWorld.emptyZone()
    let content = random.content(names.map { DomainName(canonical: "\(base).\($0)example.com") })
    let mark = random.mark(over: content.map(\.key))
    try await put(
      content.map { Change(action: .create, name: $0.name, before: nil, after: $0) }, mark: mark, into: store)
    let owned = Set(mark?.sets ?? [])
    let foreign = content.filter { !owned.contains($0.key) }

    var driver = try await started(on: store)
    var answered = try await driver.resolved()
    for round in 0..<12 {
      let before = driver.batches.count
      await driver.run(limit: 1)
      let now = try await driver.resolved()
      for (name, addresses) in answered where !addresses.isEmpty {
        #expect(now[name]?.isEmpty == false, "round \(round): \(name) answered and does not any more")
      }
      answered = now
      if driver.batches.count == before, driver.core.nextAction(in: .lead, at: SeedWorld.start) == nil { break }
    }
    let plan = try #require(driver.core.services[SeedWorld.service]?.plan)
    #expect(plan.changes.isEmpty, "it must come to rest")
    let held = try await driver.provider.readZone().recordSets
    for set in foreign {
      let isThere = held.contains(set)
      #expect(isThere, "somebody else's \(set) was touched")
    }
    // Where nobody else stands in the way, the names hold what they would in a zone that was empty.
    var clean = try await started(on: SeedWorld.emptyZone())
    await clean.run()
    let wanted = try await clean.provider.readZone().recordSets
    let disputed = Set(plan.held.compactMap(\.name)).union(foreign.map(\.name))
    for set in wanted where !disputed.contains(set.name) && plan.held.allSatisfy({ $0.rule != .neverEmpty }) {
      let isThere = held.contains(set)
      #expect(isThere, "\(set) is missing")
    }
    let isWanted = held == wanted
    if foreign.isEmpty { #expect(isWanted) }
  }

  private func published() async throws -> Driver {
    var driver = try await started(on: SeedWorld.emptyZone())
    await driver.run()
    return driver
  }

  private func replaceMark(_ driver: Driver, by text: String?) async throws {
    let zone = try await driver.provider.readZone()
    let mark = try #require(zone.marks[markName])
    // Whoever removes the mark knows its generation; the changes are none.
    try await driver.provider.commit(
      Batch(service: SeedWorld.service, markName: markName, expected: mark, next: nil, changes: []))
    guard let text else { return }
    try await put(
      [
        Change(
          action: .create, name: markName, before: nil,
          after: RecordSet(name: markName, type: .txt, ttl: 60, values: [text]))
      ], mark: nil, into: driver.store)
  }

  @Test("A mark that was deleted is written again by who wrote it, and by a new process where all is as it should be")
  func lostMark() async throws {
    for isNew in [false, true] {
      var driver = try await published()
      let before = try await driver.provider.readZone()
      try await replaceMark(driver, by: nil)
      if isNew { driver = try await started(on: driver.store) }
      driver.core.receive(.zone(try await driver.provider.readZone()), at: SeedWorld.start)
      await driver.run()
      let after = try await driver.provider.readZone()
      #expect(after.recordSets == before.recordSets)
      #expect(after.marks[markName]?.sets == before.marks[markName]?.sets, "new process: \(isNew)")
      driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
      await driver.run()
      #expect(try await driver.resolved()["\(base).us-central1-a.example.com"]?.contains("104.197.247.191") == false)
    }
  }

  @Test("What somebody changed while the mark was gone is theirs")
  func lostMarkAndForeignEdit() async throws {
    var driver = try await published()
    try await replaceMark(driver, by: nil)
    let name = DomainName(canonical: "\(base).us-central1-a.example.com")
    let ours = RecordSet(name: name, type: .a, ttl: 180, values: ["104.197.247.191"])
    let theirs = RecordSet(name: name, type: .a, ttl: 60, values: ["198.51.100.7"])
    try await put([Change(action: .replace, name: name, before: ours, after: theirs)], mark: nil, into: driver.store)
    driver.core.receive(.zone(try await driver.provider.readZone()), at: SeedWorld.start)
    await driver.run()
    #expect(try await driver.resolved()[name.text] == ["198.51.100.7"])
    #expect(
      driver.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .owned && $0.name == name } == true)
    #expect(try await driver.provider.readZone().marks[markName] != nil)
  }

  @Test("A damaged mark stops the service and says so; deleting it is all that is needed")
  func damagedMark() async throws {
    var driver = try await published()
    let before = try await driver.provider.readZone()
    try await replaceMark(driver, by: "heritage=zonetop")
    driver.core.receive(.zone(try await driver.provider.readZone()), at: SeedWorld.start)
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    await driver.run()
    let held = try #require(driver.core.services[SeedWorld.service]?.plan?.held.first)
    #expect(
      held.rule == .owned && held.why.contains("damaged") && held.why.contains("delete the TXT at \(markName.text)"))
    let damaged = try await driver.provider.readZone()
    #expect(damaged.recordSets == before.recordSets)
    try await put(
      [
        Change(
          action: .delete, name: markName,
          before: RecordSet(name: markName, type: .txt, ttl: 60, values: ["heritage=zonetop"]), after: nil)
      ], mark: nil, into: driver.store)
    driver.core.receive(.zone(try await driver.provider.readZone()), at: SeedWorld.start)
    await driver.run()
    #expect(try await driver.resolved()["\(base).us-central1-a.example.com"]?.contains("104.197.247.191") == false)
    #expect(
      try await driver.provider.readZone().marks[markName]?.generation ?? 0 > before.marks[markName]?.generation ?? 0)
  }
}
