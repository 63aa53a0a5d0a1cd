import Control
import DNS
import DNSProviders
import Federation
import JSON
import NameServer
import Testing

/// The provider's name of a change goes on record, and what it says of the change is shown beside what is served.
@Suite("Changes as the provider calls them")
struct AcknowledgedChangeTests {
  /// A controller that has published once, what went on record, and what the provider holds.
  private func published() async throws -> (driver: Driver, history: AuditHistory) {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    core.audit.isOn = true
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    let action = driver.core.nextAction(in: .lead, at: SeedWorld.start)
    guard case .commit(let batch)? = action else { throw Unexpected() }
    driver.core.intend(batch, at: SeedWorld.start)
    try await driver.provider.commit(batch)
    driver.core.committed(batch, as: "C42", at: SeedWorld.start)
    return (driver, AuditHistory(driver.core.takeAudit()))
  }

  private struct Unexpected: Error {}

  @Test("It stays on record, and only what this history knows of is asked about")
  func onRecord() async throws {
    let (driver, history) = try await published()
    let record = try #require(history.records.last { $0.service == SeedWorld.service })
    #expect(record.outcome.change == "C42")
    #expect(AuditRecord(record.json) == record)
    let entry = AuditEntry.outcome("a", .init(.applied, change: "C42", at: SeedWorld.start))
    #expect(AuditEntry(line: entry.line) == entry)
    let report = RecordsReport(
      try await driver.provider.readZone(), snapshot: driver.picture, at: SeedWorld.start)
    #expect(report.changes(in: history) == [SeedWorld.service: "C42"])
    #expect(report.changes(in: history, limit: 0).isEmpty)
    #expect(report.changes(in: AuditHistory([])).isEmpty)
  }

  @Test("INSYNC is no success: what a name server answers differently is not served, and said")
  func insyncIsNotServed() async throws {
    var (driver, _) = try await published()
    driver.core.receive(
      .servers(SeedWorld.service, generation: 1, ServerCount(agreeing: 0, asked: 1)), at: SeedWorld.start)
    let contents = try await driver.provider.readZone()
    var report = RecordsReport(contents, snapshot: driver.picture, at: SeedWorld.start)
    let server = try #require(ServerAddress("192.0.2.53:53"))
    let key = try #require(contents.recordSets.first { $0.type == .a }).key
    let old = RecordSet(name: key.name, type: .a, ttl: 180, values: ["198.51.100.1"])
    report.take([SeedWorld.service: .inSync])
    #expect(report.lines.contains { $0.hasPrefix(key.name.text) && $0.contains("INSYNC") && $0.hasSuffix("none") })
    report.take([key: [ServedSets.Answer(server: server, set: old)]])
    let line = try #require(report.lines.first { $0.hasPrefix("\(key.name.text) ") })
    #expect(line.contains("INSYNC") && line.contains("0/1") && line.hasSuffix("served differs"), "\(line)")
    let row = try #require(report.json.array?.first { $0["name"]?.string == key.name.text })
    #expect(row["ack"] == "INSYNC" && row["drift"] == "served differs")
    // Whatever the provider says, a service is in step when its name servers are.
    #expect(driver.picture.services.first?.names.first?.servers == ServerCount(agreeing: 0, asked: 1))
  }
}
