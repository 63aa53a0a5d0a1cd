/// What of the audit is not at the federation API yet, in order.
///
/// A value, bounded: when the API is away for too long the oldest go, and how many is itself recorded.
struct AuditBuffer: Sendable {
  private(set) var entries: [AuditEntry] = []
  /// Records that were handed over before their outcome was known.
  private(set) var open: [String: AuditRecord] = [:]
  private(set) var dropped = 0
  /// Records whose outcome came after they had been handed over.
  private var completed: [AuditRecord] = []
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  var isEmpty: Bool { entries.isEmpty && dropped == 0 }

  /// Adds entries; an outcome whose record is still here is put into it.
  mutating func add(_ new: [AuditEntry]) {
    for entry in new {
      if case .outcome(let id, let outcome) = entry {
        if outcome.result.isFinal, var record = open.removeValue(forKey: id) {
          record.outcome = outcome
          completed.append(record)
        }
        if let index = entries.lastIndex(where: { $0.recordID == id }), case .record(var record) = entries[index] {
          record.outcome = outcome
          entries[index] = .record(record)
          continue
        }
      }
      entries.append(entry)
    }
    guard entries.count > limit else { return }
    dropped += entries.count - limit
    entries.removeFirst(entries.count - limit)
  }

  /// Forgets records that others have kept already.
  mutating func forget(_ ids: Set<String>) {
    entries.removeAll { entry in entry.recordID.map(ids.contains) ?? false }
  }

  /// The next entries to hand over.
  func next(_ most: Int) -> [AuditEntry] { Array(entries.prefix(most)) }

  /// Takes the news that the first entries were handed over.
  ///
  /// - Parameter sent: as they were then; one whose outcome came meanwhile gives it as an entry of its own.
  mutating func handedOver(_ sent: [AuditEntry]) {
    var late: [AuditEntry] = []
    for (old, now) in zip(sent, entries) {
      guard case .record(let before) = old, case .record(let after) = now else { continue }
      if before.outcome != after.outcome { late.append(.outcome(after.id, after.outcome)) }
      if !after.outcome.result.isFinal { open[after.id] = after }
    }
    entries.replaceSubrange(0..<min(sent.count, entries.count), with: late)
  }

  /// The records that were settled since the last time: what was handed over just now, and late outcomes.
  mutating func takeSettled(_ sent: [AuditEntry]) -> [AuditRecord] {
    defer { completed = [] }
    return completed
      + sent.compactMap { entry in
        if case .record(let record) = entry, record.outcome.result.isFinal { record } else { nil }
      }
  }

  /// How many were dropped since the last time it was asked.
  mutating func takeDropped() -> Int {
    defer { dropped = 0 }
    return dropped
  }

  /// What must outlive this process: what was not handed over, and what nobody knows the outcome of.
  var lasting: [AuditEntry] {
    open.values.sorted { $0.id < $1.id }.map(AuditEntry.record) + entries
  }
}

extension AuditEntry {
  fileprivate var recordID: String? {
    if case .record(let record) = self { record.id } else { nil }
  }
}
