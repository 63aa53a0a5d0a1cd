import Control
import DNSProviders
import Federation
import NameServer
import Testing

@Suite("Rule audited: the core says who, why, before, after, generation and result")
struct AuditCoreTests {
  private let now = SeedWorld.start

  /// A core that has published everything, and what it wrote down of that.
  private func settled() async throws -> (driver: Driver, log: [AuditRecord]) {
    var core = SeedWorld.core()
    core.audit.isOn = true
    let store = SeedWorld.emptyZone()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.runAudited()
    let log = AuditHistory(driver.core.takeAudit()).records
    return (driver, log)
  }

  @Test("The first publication is one record with its generation, applied")
  func first() async throws {
    let (_, log) = try await settled()
    let record = try #require(log.first { $0.action == .published })
    #expect(log.filter { $0.action == .published }.count == 1)
    #expect(record.fence == .init(from: nil, fromWriter: nil, to: 1, writer: "test/1"))
    #expect(record.outcome.result == .applied)
    #expect(record.why.contains("published for the first time"))
    #expect(record.changes.count == record.records.count && !record.records.isEmpty)
  }

  @Test("The record is there, pending, before the commit is tried")
  func intentFirst() async throws {
    var (driver, _) = try await settled()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: now) else {
      Issue.record("nothing to commit")
      return
    }
    driver.core.intend(batch, at: now)
    let record = try #require(AuditHistory(driver.core.takeAudit()).records.last)
    #expect(record.outcome.result == .pending)
    #expect(record.why == ["us-central1-a: no ready endpoints"])
    #expect(record.fence?.from == 1 && record.fence?.to == 2)
  }

  @Test("A drain's record names its holder and the reason that the holder gave")
  func holder() async throws {
    var (driver, _) = try await settled()
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: "alice@desk",
      created: now, expires: now + .seconds(600))
    driver.core.receive(.cordons(.set("zone.us-central1-b", CordonRecord(cordon: cordon))), at: now)
    await driver.runAudited()
    let log = AuditHistory(driver.core.takeAudit()).records
    let order = try #require(log.first { $0.action == .drain })
    #expect(order.holder == "alice@desk" && order.subject == "zone/us-central1-b")
    let change = try #require(log.first { $0.action == .published })
    #expect(change.holder == "alice@desk")
    #expect(change.why == ["us-central1-b: drain of zone/us-central1-b: rack power"])
    driver.core.receive(.cordons(.removed("zone.us-central1-b")), at: now)
    #expect(AuditHistory(driver.core.takeAudit()).records.map(\.action) == [.lifted])
  }

  @Test("The same order seen by two controllers, or after a restart, has one id")
  func sharedOrders() async throws {
    let cordon = Cordon(
      kind: .drain, target: .zone("us-central1-b"), service: nil, reason: "rack power", holder: "alice@desk",
      created: now, expires: now + .seconds(600))
    var entries: [AuditEntry] = []
    for identity in ["host/1", "host/2"] {
      var core = SeedWorld.core(identity: identity)
      core.audit.isOn = true
      core.receive(.cordons(.replaced(["zone.us-central1-b": CordonRecord(cordon: cordon)])), at: now)
      entries += core.takeAudit()
    }
    #expect(entries.count == 2)
    #expect(AuditHistory(entries).records.count == 1)
  }

  @Test("An edit behind our back is repaired, and recorded as that")
  func drift() async throws {
    var (driver, _) = try await settled()
    let name = DomainName(canonical: "nginx.mynamespace.myfederation.svc.us-central1-a.example.com")
    var contents = try await driver.provider.readZone()
    contents.recordSets = contents.recordSets.map {
      $0.name == name ? RecordSet(name: name, type: .a, ttl: 180, values: ["203.0.113.66"]) : $0
    }
    driver.core.receive(.zone(contents), at: now)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: now) else {
      Issue.record("nothing to commit")
      return
    }
    driver.core.intend(batch, at: now)
    let record = try #require(AuditHistory(driver.core.takeAudit()).records.last)
    #expect(record.why.contains("repair: \(name) was changed behind our back"))
  }

  @Test("What the fence refused is recorded as refused")
  func fenced() async throws {
    var (driver, _) = try await settled()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: now) else { return }
    driver.core.intend(batch, at: now)
    driver.core.failed(batch, ProviderError(.fenced, "somebody else has written since"), at: now)
    let record = try #require(AuditHistory(driver.core.takeAudit()).records.last { $0.action == .published })
    #expect(record.outcome.result == .refused)
  }

  @Test("A lost reply is unknown until the next read, which tells", arguments: [true, false])
  func lostReply(wasApplied: Bool) async throws {
    var (driver, _) = try await settled()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: now) else { return }
    driver.core.intend(batch, at: now)
    if wasApplied { try await driver.provider.commit(batch) }
    driver.core.failed(batch, ProviderError(.unreachable, "no reply"), at: now)
    var entries = driver.core.takeAudit()
    #expect(AuditHistory(entries).records.last?.outcome.result == .unknown)
    let later = now + .seconds(40)
    let contents = try await driver.provider.read(SeedWorld.service, names: batch.changes.map(\.name))
    driver.core.receive(.names(SeedWorld.service, contents), at: later)
    entries += driver.core.takeAudit()
    #expect(AuditHistory(entries).records.last?.outcome.result == (wasApplied ? .applied : .failed))
  }

  @Test("What an earlier process was about to do is resolved by the first read", arguments: [true, false])
  func adopted(wasApplied: Bool) async throws {
    var (driver, log) = try await settled()
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: now)
    guard case .commit(let batch)? = driver.core.nextAction(in: .lead, at: now) else { return }
    driver.core.intend(batch, at: now)
    if wasApplied { try await driver.provider.commit(batch) }
    let left = AuditHistory(driver.core.takeAudit()).records
    #expect(log.count == 1 && left.count == 1)

    var next = SeedWorld.core(identity: "test/2")
    next.audit.isOn = true
    next.audit.adopt(left)
    try await SeedWorld.fill(&next, from: driver.store, at: now + .seconds(60))
    let entries = left.map(AuditEntry.record) + next.takeAudit()
    log = AuditHistory(entries).records
    #expect(log.first { $0.id == left[0].id }?.outcome.result == (wasApplied ? .applied : .failed))
  }

  @Test("A rule's hold is recorded with its name, once")
  func holds() async throws {
    var (driver, _) = try await settled()
    for zone in SeedWorld.healthy.keys.sorted() { driver.core.receive(SeedWorld.scale(zone, to: 0), at: now) }
    await driver.runAudited()
    let held = AuditHistory(driver.core.takeAudit()).records.filter { $0.action == .held }
    #expect(!held.isEmpty)
    #expect(Set(held.flatMap(\.rules)).count == held.count)
  }

  @Test("A process that only looks records nothing")
  func observers() async throws {
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: SeedWorld.emptyZone())
    var driver = Driver(core, SeedWorld.emptyZone())
    await driver.runAudited()
    #expect(driver.core.takeAudit().isEmpty)
  }
}

extension Driver {
  /// Runs as the shell does: every commit is written down before it is tried.
  mutating func runAudited(at now: Timestamp = SeedWorld.start) async {
    for _ in 0..<100 {
      guard let action = core.nextAction(in: .lead, at: now) else { return }
      switch action {
      case .commit(let batch):
        core.intend(batch, at: now)
        do {
          try await provider.commit(batch)
          core.committed(batch, at: now)
        } catch {
          core.failed(batch, error, at: now)
        }
      case .read(let service, let names):
        guard let contents = try? await provider.read(service, names: names) else { return }
        core.receive(.names(service, contents), at: now)
      }
    }
  }
}
