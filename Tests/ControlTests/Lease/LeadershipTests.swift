import Control
import DNSProviders
import Federation
import NameServer
import Testing

@Suite("What the core does with and without the lease")
struct LeadershipTests {
  private func published() async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    core.lead(.this(term: 3, takesFences: false), at: SeedWorld.start)
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    return driver
  }

  @Test("The mark bears the term, and a leader that came regularly commits nothing twice")
  func term() async throws {
    let driver = try await published()
    #expect(driver.batches.map(\.next?.term) == [3])
    var core = SeedWorld.core(identity: "test/2")
    core.lead(.this(term: 4, takesFences: false), at: SeedWorld.start)
    try await SeedWorld.fill(&core, from: driver.store)
    var second = Driver(core, driver.store)
    await second.run()
    #expect(second.batches.isEmpty)
  }

  @Test("A leader whose predecessor may be paused takes every fence, and what the predecessor still sends fails")
  func takesFences() async throws {
    var first = try await published()
    // The first has planned, passed its last check, and is stopped right there.
    first.core.receive(SeedWorld.scale("us-central1-b", to: 0), at: SeedWorld.start)
    guard case .commit(let late)? = first.core.nextAction(in: .lead, at: SeedWorld.start) else {
      Issue.record("expected a commit")
      return
    }
    for rules in [SafetyRules.all, .all.without(.fenced)] {
      let store = SeedWorld.emptyZone()
      for batch in first.batches { try await EmbeddedProvider(store, federation: SeedWorld.federation).commit(batch) }
      var core = ControlCore(
        federation: SeedWorld.federation, limits: .default, identity: "test/2",
        members: SeedWorld.places.map { Configuration.Member(context: $0.zone) }, rules: rules, at: SeedWorld.start)
      core.lead(.this(term: 4, takesFences: true), at: SeedWorld.start)
      try await SeedWorld.fill(&core, from: store)
      var second = Driver(core, store)
      await second.run()
      if rules.contains(.fenced) {
        #expect(second.batches.map(\.next?.term) == [4] && second.batches.allSatisfy(\.changes.isEmpty))
        let after = try await second.resolved()
        await #expect(throws: ProviderError.self) { try await first.provider(at: store).commit(late) }
        #expect(try await second.resolved() == after)
        await second.run()
        #expect(second.batches.count == 1, "a fence is taken once")
      } else {
        // Without the rule the late commit goes through.
        try await first.provider(at: store).commit(late)
      }
    }
  }

  @Test("Without a lease nothing is written, it is said why, and DNS stays as it is")
  func holdsWithoutLease() async throws {
    var driver = try await published()
    driver.core.lead(.nobody("nobody is known to hold the lease (connection refused)"), at: SeedWorld.start)
    let snapshot = driver.core.snapshot(
      provider: "embedded", environment: nil, mode: .observe, at: SeedWorld.start)
    #expect(snapshot.leader == .none)
    #expect(snapshot.held.contains { $0.rule == .singleWriter && $0.why.contains("connection refused") })
    #expect(snapshot.dns == .held([.singleWriter]))
    #expect(driver.core.log.events.contains { $0.kind == .held && $0.message.hasPrefix("single-writer") })
    driver.core.lead(.other("host-2/17"), at: SeedWorld.start)
    #expect(
      driver.core.snapshot(provider: "embedded", environment: nil, mode: .observe, at: SeedWorld.start).leader
        == .other("host-2/17"))
  }

  @Test("A batch whose time ran out just before it was sent is planned again")
  func withheld() async throws {
    var driver = try await published()
    driver.core.receive(SeedWorld.scale("us-central1-b", to: 0), at: SeedWorld.start)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: SeedWorld.start) else {
      Issue.record("expected a commit")
      return
    }
    driver.core.withheld(batch, at: SeedWorld.start)
    #expect(driver.core.nextAction(in: .observe, at: SeedWorld.start) == nil)
    driver.core.lead(.this(term: 5, takesFences: false), at: SeedWorld.start)
    await driver.run()
    #expect(driver.batches.count == 2)
  }
}
