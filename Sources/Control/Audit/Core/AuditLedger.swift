internal import DNSProviders
package import Federation

/// This is the audit as the core keeps it: what has to be written down, and what is not known yet.
///
/// A value: entries collect here as the core decides, and the shell takes them (``take()``) and keeps them.
package struct AuditLedger: Sendable {
  /// Whether anything is recorded: only who may write DNS does.
  package var isOn = false
  var identity: AuditIdentity
  private var entries: [AuditEntry] = []
  /// Changes whose outcome is not known, oldest first.
  private(set) var open: [ServiceKey: [AuditRecord]] = [:]
  /// What our last commit of a service published, by which somebody else's edit is known.
  private(set) var committed: [ServiceKey: [RecordSet]] = [:]
  /// When a rule's hold of a service was last recorded.
  private var holds: [HoldKey: Timestamp] = [:]
  /// The reasons why services were asked to be reconciled, until the next commit.
  var requests: [ServiceKey: String] = [:]

  private struct HoldKey: Hashable {
    var service: ServiceKey
    var rule: SafetyRule
  }

  /// A hold that comes and goes is recorded at most this often.
  static let holdInterval: Duration = .seconds(300)
  /// A commit that was lost on its way cannot arrive later than this.
  static let flight: Duration = .seconds(30)

  package init(writer: String, start: Timestamp) {
    identity = AuditIdentity(writer: writer, start: start)
  }

  /// Everything since the last time, for the shell to keep.
  package mutating func take() -> [AuditEntry] {
    guard !entries.isEmpty else { return [] }
    defer { entries = [] }
    return entries
  }

  package var hasEntries: Bool { !entries.isEmpty }

  package mutating func add(_ record: AuditRecord) {
    guard isOn else { return }
    entries.append(.record(record))
    if let service = record.service, !record.outcome.result.isFinal { open[service, default: []].append(record) }
  }

  /// Takes over changes of an earlier run that ended before it knew what came of them.
  package mutating func adopt(_ records: [AuditRecord]) {
    for record in records where !record.outcome.result.isFinal {
      guard let service = record.service, open[service]?.contains(where: { $0.id == record.id }) != true else {
        continue
      }
      open[service, default: []].append(record)
    }
  }

  /// Notes what came of the newest change of a service.
  mutating func close(_ service: ServiceKey, _ outcome: AuditRecord.Outcome) {
    // Also when the right to write was lost meanwhile: this process alone knows what came of its commit.
    guard let record = open[service]?.last else { return }
    settle(record, outcome)
  }

  mutating func settle(_ record: AuditRecord, _ outcome: AuditRecord.Outcome) {
    guard let service = record.service else { return }
    if outcome.result.isFinal {
      forget(record, of: service)
    } else if let index = open[service]?.firstIndex(where: { $0.id == record.id }) {
      guard open[service]?[index].outcome.result != outcome.result else { return }
      open[service]?[index].outcome = outcome
    }
    entries.append(.outcome(record.id, outcome))
  }

  mutating func remember(_ records: [RecordSet], of service: ServiceKey) {
    committed[service] = records.isEmpty ? nil : records
    requests[service] = nil
  }

  /// Whether a hold is to be recorded now.
  mutating func isNews(_ hold: Hold, at now: Timestamp) -> Bool {
    let key = HoldKey(service: hold.service, rule: hold.rule)
    if let last = holds[key], now - last < Self.holdInterval { return false }
    holds[key] = now
    return true
  }

  /// Learns from a read of the provider what came of changes whose outcome was not known.
  ///
  /// - Parameter mark: who holds the service's names now, and at which generation; nil when nobody does.
  mutating func read(_ service: ServiceKey, mark: OwnershipMark?, at now: Timestamp) {
    for record in open[service] ?? [] {
      guard let fence = record.fence, let outcome = fence.outcome(of: mark, since: record.time, at: now) else {
        continue
      }
      settle(record, outcome)
      // Nothing that is read from now on says more.
      if !outcome.result.isFinal { forget(record, of: service) }
    }
  }

  private mutating func forget(_ record: AuditRecord, of service: ServiceKey) {
    open[service]?.removeAll { $0.id == record.id }
    if open[service]?.isEmpty == true { open[service] = nil }
  }
}

extension AuditRecord.Fence {
  /// What the provider's mark says of a change between these generations; nil while it may still arrive.
  func outcome(of mark: OwnershipMark?, since begun: Timestamp, at now: Timestamp) -> AuditRecord.Outcome? {
    if let mark, mark.generation == to {
      return mark.writer == cleanText(writer, limit: 60)
        ? .init(.applied, "the provider holds it", at: now)
        : .init(.refused, "fenced: \(mark.writer) committed generation \(mark.generation) first", at: now)
    }
    if mark == nil, to == nil { return .init(.applied, "the provider holds nothing of it any more", at: now) }
    if mark?.generation == from {
      guard now - begun >= AuditLedger.flight else { return nil }
      return .init(.failed, "the provider still holds what was there before", at: now)
    }
    // The world went on without us: the record that begins where this one ends tells whether it was applied.
    return .init(.unknown, "the provider holds \(mark.map { "generation \($0.generation)" } ?? "nothing") now", at: now)
  }
}
