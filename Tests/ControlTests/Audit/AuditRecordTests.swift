import Control
import DNSProviders
import Federation
import JSON
import Testing

@Suite("Audit records")
struct AuditRecordTests {
  static func record(_ id: String, _ result: AuditRecord.Result = .pending, to: UInt64 = 2, writer: String = "host/1")
    -> AuditRecord
  {
    let name = DomainName(canonical: "nginx.mynamespace.myfederation.svc.example.com")
    let before = RecordSet(name: name, type: .a, ttl: 180, values: ["192.0.2.1", "192.0.2.2"])
    let after = RecordSet(name: name, type: .a, ttl: 180, values: ["192.0.2.2"])
    return AuditRecord(
      id: id, time: SeedWorld.start, action: .published, actor: writer, holder: "alice@desk",
      subject: "mynamespace/nginx", service: SeedWorld.service, why: ["us-central1-a: no ready endpoints"],
      rules: [.massChange], changes: [Change(action: .replace, name: name, before: before, after: after)],
      records: [after], fence: .init(from: to - 1, fromWriter: "host/0", to: to, writer: writer),
      outcome: .init(result, at: SeedWorld.start))
  }

  @Test("A record and an outcome come back from their line as they went in")
  func roundTrip() throws {
    let record = Self.record("a-1", .applied)
    #expect(AuditEntry(line: AuditEntry.record(record).line) == .record(record))
    let outcome = AuditEntry.outcome("a-1", .init(.refused, "fenced", at: SeedWorld.start + .milliseconds(5)))
    #expect(AuditEntry(line: outcome.line) == outcome)
    #expect(AuditEntry(line: String(outcome.line.dropLast(3))) == nil, "a line that was cut is no entry")
  }

  @Test("Ids are unique within a run, sort by time and fit a ConfigMap's key")
  func ids() {
    var identity = AuditIdentity(writer: "host/1", start: SeedWorld.start)
    let ids = (0..<1_000).map { identity.next(at: SeedWorld.start + .milliseconds(Int64($0))) }
    #expect(Set(ids).count == 1_000)
    #expect(ids == ids.sorted())
    #expect(ids.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) } })
    var other = AuditIdentity(writer: "host/1", start: SeedWorld.start + .nanoseconds(1))
    #expect(!ids.contains(other.next(at: SeedWorld.start)))
  }

  @Test("History tells each record once, and what came of it")
  func folding() {
    let time = SeedWorld.start
    let entries: [AuditEntry] = [
      .outcome("a-1", .init(.applied, at: time)), .record(Self.record("a-1")), .record(Self.record("a-1")),
      .record(Self.record("a-2", to: 3)), .outcome("a-2", .init(.unknown, at: time)),
      .outcome("a-2", .init(.failed, at: time)), .outcome("a-2", .init(.unknown, at: time)),
    ]
    for entries in [entries, entries.reversed()] {
      let history = AuditHistory(entries)
      #expect(history.records.map(\.id) == ["a-1", "a-2"])
      #expect(history.records.map(\.outcome.result) == [.applied, .failed])
    }
  }

  @Test("A change whose reply was lost is known by the change that was made on top of it", arguments: [true, false])
  func overtaken(isOurs: Bool) {
    var next = Self.record("b-1", .applied, to: 3, writer: "host/2")
    next.fence?.fromWriter = isOurs ? "host/1" : "host/9"
    let history = AuditHistory([.record(Self.record("a-1", .unknown)), .record(next)])
    #expect(history.records[0].outcome.result == (isOurs ? .applied : .refused))
  }
}
