package import Federation
internal import Kubernetes
package import Logging
internal import Synchronization

/// Keeps the audit (rule audited): at once in a file of its own, soon after at the federation API.
///
/// DNS never waits for the federation API (rule break-glass): while that is away, entries stay in the file, and are
/// handed over when it returns. What is handed over goes in batches, so that five hundred services that change at once
/// are a few requests.
package actor AuditTrail {
  private let executor = BlockingExecutor(label: "zonetop.audit")
  package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  private let journal: any AuditJournal
  private let spool: FileSpool?
  private let events: EventRecorder?
  private let now: @Sendable () -> Timestamp
  private let clock: any Clock<Duration>
  private let log: Logger
  private var buffer: AuditBuffer
  private var spooled = 0
  /// Kept, and not shown yet.
  private var settled: [AuditRecord] = []
  private var trouble: KubernetesError.Code?
  private var identity: AuditIdentity
  /// Ids that several may make, and that the journal has already.
  private var shared: Set<String> = []
  private let intake = Mutex<[AuditEntry]>([])
  private let signal: AsyncStream<Void>.Continuation
  private let signals: AsyncStream<Void>
  private let counters = Mutex(Counters())

  /// How the trail fares, for metrics.
  package struct Counters: Sendable, Hashable {
    /// Entries that are not at the federation API yet.
    package var backlog = 0
    package var written = 0
    package var failures = 0
    package var dropped = 0
  }

  /// Entries kept while the federation API is away.
  package static let capacity = 8_192
  /// How long entries are collected before they are handed over.
  package static let interval: Duration = .milliseconds(500)
  private static let batch = 500
  private static let spoolLimit = 1_000

  /// - Parameters:
  ///   - spool: nil where there is no disk; what the API has not taken then ends with the process.
  ///   - events: shows operators what was kept.
  ///   - left: what an earlier process left behind.
  ///   - writer: who writes.
  package init(
    journal: any AuditJournal, spool: FileSpool?, events: EventRecorder? = nil, left: [AuditEntry] = [], writer: String,
    now: @escaping @Sendable () -> Timestamp, clock: any Clock<Duration>, log: Logger, capacity: Int = capacity
  ) {
    self.journal = journal
    self.spool = spool
    self.events = events
    self.now = now
    self.clock = clock
    self.log = log
    buffer = AuditBuffer(limit: capacity)
    buffer.add(left)
    spooled = left.count
    identity = AuditIdentity(writer: "audit \(writer)", start: now())
    (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  package nonisolated var statistics: Counters { counters.withLock { $0 } }

  /// Takes entries, in order; they are on the disk after the next ``secure()``.
  package nonisolated func add(_ entries: [AuditEntry]) {
    guard !entries.isEmpty else { return }
    intake.withLock { $0 += entries }
    signal.yield()
  }

  /// Returns when everything that was added is in the file.
  package func secure() {
    let entries = intake.withLock { entries in
      defer { entries = [] }
      return entries
    }
    guard !entries.isEmpty else { return }
    if let spool {
      if !spool.append(entries) { log.error("the audit's file cannot be written; the disk may be full") }
      spooled += entries.count
    }
    buffer.add(entries.filter { !isKnown($0) })
    if buffer.dropped > 0 { counters.withLock { $0.dropped = max($0.dropped, buffer.dropped) } }
    note()
  }

  private func isKnown(_ entry: AuditEntry) -> Bool {
    if case .record(let record) = entry { shared.contains(record.id) } else { false }
  }

  private func note() {
    let count = buffer.entries.count
    counters.withLock { $0.backlog = count }
  }

  /// Hands entries over until cancelled.
  ///
  /// - Parameter adopt: is told once of changes whose outcome nobody knows yet: of earlier processes, here or elsewhere.
  package func run(adopt: @Sendable ([AuditRecord]) async -> Void) async {
    // What this machine remembers is told before the API has answered.
    await adopt(unresolved(buffer.lasting))
    var failures = 0
    while !Task.isCancelled, !(await learn(adopt)) {
      secure()
      failures += 1
      try? await clock.sleep(for: wait(failures))
    }
    failures = 0
    for await _ in signals {
      try? await clock.sleep(for: Self.interval)
      while !Task.isCancelled {
        if await handOver() {
          failures = 0
          await show()
          if buffer.isEmpty { break }
        } else {
          failures += 1
          try? await clock.sleep(for: wait(failures))
        }
      }
    }
  }

  private func wait(_ failures: Int) -> Duration {
    Backoff(base: .milliseconds(500)).delay(failures: failures, random: 1)
  }

  /// Reads what the journal has: which orders it knows, and what nobody knows the outcome of.
  private func learn(_ adopt: @Sendable ([AuditRecord]) async -> Void) async -> Bool {
    do throws(KubernetesError) {
      let entries = try await journal.read()
      for case .record(let record) in entries where record.outcome.result == .noted { shared.insert(record.id) }
      secure()
      buffer.forget(shared)
      await adopt(unresolved(entries))
      signal.yield()
      return true
    } catch {
      failed(error)
      return false
    }
  }

  private func unresolved(_ entries: [AuditEntry]) -> [AuditRecord] {
    AuditHistory(entries).records.filter { !$0.outcome.result.isFinal }
  }

  /// Hands over what there is; false when the federation API does not take it.
  private func handOver() async -> Bool {
    secure()
    let dropped = buffer.takeDropped()
    if dropped > 0 {
      let why = "\(dropped) entries were lost: the federation API was away for longer than the audit could wait"
      buffer.add([
        .record(
          AuditRecord(
            id: identity.next(at: now()), time: now(), action: .audit, actor: "audit", subject: "audit", why: [why],
            outcome: .init(.noted, at: now())))
      ])
    }
    let entries = buffer.next(Self.batch)
    guard !entries.isEmpty else { return true }
    do throws(KubernetesError) {
      try await journal.append(entries)
    } catch {
      failed(error)
      return false
    }
    if trouble != nil { log.notice("the audit is written again") }
    trouble = nil
    settled += buffer.takeSettled(entries)
    buffer.handedOver(entries)
    counters.withLock { $0.written += entries.count }
    note()
    // The file is made anew when that makes it much shorter, not each time.
    if buffer.entries.isEmpty || spooled > Self.spoolLimit + buffer.entries.count {
      let lasting = buffer.lasting
      spool?.replace(by: lasting)
      spooled = lasting.count
    } else {
      spool?.sync()
    }
    return true
  }

  /// Shows what was kept to operators.
  private func show() async {
    let records = settled
    settled = []
    guard let events else { return }
    for notice in records.compactMap(AuditNotice.init) {
      await events.record(
        notice.isWarning ? .warning : .normal, notice.reason, notice.message, about: notice.subject)
    }
  }

  private func failed(_ error: KubernetesError) {
    counters.withLock { $0.failures += 1 }
    guard error.code != trouble, error.code != .cancelled else { return }
    trouble = error.code
    log.warning("the audit waits for the federation API: \(error.description)")
  }

  /// Hands over what is left, for as long as there is time; what is not taken stays in the file for the next process.
  package func finish(within limit: Duration) async {
    let end = now() + limit
    while true {
      let isTaken = await handOver()
      if isTaken, buffer.isEmpty { break }
      if !isTaken, now() >= end { return }
      if !isTaken { try? await clock.sleep(for: .milliseconds(100)) }
    }
    if buffer.lasting.isEmpty { spool?.remove() }
  }
}
