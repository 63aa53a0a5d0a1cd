import Control
import Federation
import Glibc
import Kubernetes
import Logging
import Synchronization
import Testing

/// A journal in memory that can be away.
final class MemoryJournal: AuditJournal {
  struct State {
    var entries: [AuditEntry] = []
    var appends = 0
    var isAway = false
    /// It takes the entries, and the reply is lost.
    var losesReply = false
  }
  let state = Mutex(State())

  func append(_ entries: [AuditEntry]) async throws(KubernetesError) {
    let isTaken = state.withLock { state in
      guard !state.isAway else { return false }
      state.appends += 1
      state.entries += entries
      defer { state.losesReply = false }
      return !state.losesReply
    }
    if !isTaken { throw KubernetesError(.unreachable, "nobody answers") }
  }

  func read() async throws(KubernetesError) -> [AuditEntry] {
    let (isAway, entries) = state.withLock { ($0.isAway, $0.entries) }
    if isAway { throw KubernetesError(.unreachable, "nobody answers") }
    return entries
  }
}

@Suite("The audit's trail")
struct AuditTrailTests {
  private func trail(_ journal: MemoryJournal, _ spool: FileSpool? = nil, left: [AuditEntry] = [], capacity: Int = 100)
    -> AuditTrail
  {
    AuditTrail(
      journal: journal, spool: spool, left: left, writer: "test/1", now: { SeedWorld.start }, clock: ContinuousClock(),
      log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, capacity: capacity)
  }

  private func folder() -> String {
    var template = Array("/tmp/zonetop-audit-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { return "/tmp" }
    return String(cString: made)
  }

  @Test("Five hundred changes at once are a handful of requests, each told once with its result")
  func batches() async {
    let journal = MemoryJournal()
    let trail = trail(journal, capacity: 2_000)
    for number in 0..<500 {
      trail.add([.record(AuditRecordTests.record("a-\(number)"))])
      await trail.secure()
      trail.add([.outcome("a-\(number)", .init(.applied, at: SeedWorld.start))])
    }
    await trail.finish(within: .zero)
    let (entries, appends) = journal.state.withLock { ($0.entries, $0.appends) }
    #expect(appends == 1)
    #expect(entries.count == 500)
    #expect(AuditHistory(entries).records.allSatisfy { $0.outcome.result == .applied })
  }

  @Test("What the API did not take is in the file, and the next process hands it over")
  func crash() async throws {
    let folder = folder()
    let journal = MemoryJournal()
    journal.state.withLock { $0.isAway = true }
    do {
      let (spool, left) = try #require(FileSpool.open(folder: folder, name: "f.example.com"))
      #expect(left.isEmpty)
      let trail = trail(journal, spool)
      trail.add([.record(AuditRecordTests.record("a-1"))])
      await trail.secure()
      // Nothing is flushed or closed in order: the process is gone.
    }
    #expect(FileSpool.peek(folder: folder, name: "f.example.com").count == 1)
    journal.state.withLock { $0.isAway = false }
    let (spool, left) = try #require(FileSpool.open(folder: folder, name: "f.example.com"))
    #expect(left == [.record(AuditRecordTests.record("a-1"))])
    let next = trail(journal, spool, left: left)
    let adopted = Mutex<[String]>([])
    let running = Task { await next.run { records in adopted.withLock { $0 += records.map(\.id) } } }
    while adopted.withLock({ $0.isEmpty }) { await Task.yield() }
    next.add([.outcome("a-1", .init(.applied, at: SeedWorld.start))])
    running.cancel()
    await running.value
    await next.finish(within: .zero)
    let records = AuditHistory(journal.state.withLock { $0.entries }).records
    #expect(records.map(\.id) == ["a-1"] && records[0].outcome.result == .applied)
    #expect(FileSpool.peek(folder: folder, name: "f.example.com").isEmpty)
    rmdir(folder)
  }

  @Test("A file that another living process holds is left to it")
  func living() async throws {
    let folder = folder()
    let (first, _) = try #require(FileSpool.open(folder: folder, name: "f"))
    #expect(first.append([.record(AuditRecordTests.record("a-1"))]))
    let (second, left) = try #require(FileSpool.open(folder: folder, name: "f"))
    #expect(left.isEmpty)
    first.remove()
    second.remove()
    rmdir(folder)
  }

  @Test("An outcome that is known after its record was handed over follows it, and outlives the process until then")
  func lateOutcome() async throws {
    let folder = folder()
    let (spool, _) = try #require(FileSpool.open(folder: folder, name: "f"))
    let journal = MemoryJournal()
    let trail = trail(journal, spool)
    trail.add([.record(AuditRecordTests.record("a-1"))])
    await trail.finish(within: .zero)
    #expect(FileSpool.peek(folder: folder, name: "f").count == 1, "nobody knows what came of it yet")
    trail.add([.outcome("a-1", .init(.applied, at: SeedWorld.start))])
    await trail.finish(within: .zero)
    #expect(FileSpool.peek(folder: folder, name: "f").isEmpty)
    #expect(AuditHistory(journal.state.withLock { $0.entries }).records.first?.outcome.result == .applied)
    rmdir(folder)
  }

  @Test("While the API is away the buffer is bounded, and says how much was lost")
  func bounded() async {
    let journal = MemoryJournal()
    journal.state.withLock { $0.isAway = true }
    let trail = trail(journal, capacity: 10)
    for number in 0..<25 { trail.add([.record(AuditRecordTests.record("a-\(number)", .applied))]) }
    await trail.secure()
    #expect(trail.statistics.backlog == 10)
    journal.state.withLock { $0.isAway = false }
    await trail.finish(within: .zero)
    let records = AuditHistory(journal.state.withLock { $0.entries }).records
    #expect(records.contains { $0.action == .audit && $0.why[0].hasPrefix("15 entries were lost") })
  }

  @Test("A lost reply is tried again and tells nothing twice")
  func lostReply() async {
    let journal = MemoryJournal()
    journal.state.withLock { $0.losesReply = true }
    let trail = trail(journal)
    trail.add([.record(AuditRecordTests.record("a-1", .applied))])
    await trail.finish(within: .zero)
    #expect(trail.statistics.backlog == 1)
    await trail.finish(within: .zero)
    #expect(AuditHistory(journal.state.withLock { $0.entries }).records.count == 1)
  }
}
