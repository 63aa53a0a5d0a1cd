package import Federation

/// The audit as it is read: each record once, with what came of it, oldest first.
package struct AuditHistory: Sendable {
  package private(set) var records: [AuditRecord]

  /// - Parameter entries: in any order; what was kept twice is told once.
  package init(_ entries: [AuditEntry]) {
    var byID: [String: AuditRecord] = [:]
    var outcomes: [String: AuditRecord.Outcome] = [:]
    for entry in entries {
      switch entry {
      case .record(let record):
        if let known = byID[record.id], known.outcome.result.isFinal || !record.outcome.result.isFinal { continue }
        byID[record.id] = record
      case .outcome(let id, let outcome):
        if let known = outcomes[id], known.result.isFinal || !outcome.result.isFinal { continue }
        outcomes[id] = outcome
      }
    }
    for (id, outcome) in outcomes where byID[id]?.outcome.result.isFinal == false { byID[id]?.outcome = outcome }
    records = byID.values.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    resolve()
  }

  /// Where the world went on without us, the change that begins where another ends tells whether that was applied.
  private mutating func resolve() {
    var successors: [ServiceKey: [UInt64: String]] = [:]
    for record in records {
      guard let service = record.service, let fence = record.fence, let from = fence.from else { continue }
      successors[service, default: [:]][from] = fence.fromWriter
    }
    for index in records.indices where !records[index].outcome.result.isFinal {
      guard let service = records[index].service, let fence = records[index].fence, let to = fence.to,
        let writer = successors[service]?[to]
      else { continue }
      let isOurs = writer == cleanText(fence.writer, limit: 60)
      records[index].outcome = .init(
        isOurs ? .applied : .refused,
        isOurs ? "the next change was made on top of it" : "fenced: \(writer) committed generation \(to) first",
        at: records[index].outcome.time)
    }
  }

  /// The records about one service, newest last, that are no older than `since`, at most `limit` of the newest.
  package func records(of service: ServiceKey?, since: Timestamp? = nil, generation: UInt64? = nil, limit: Int = .max)
    -> [AuditRecord]
  {
    let found = records.filter { record in
      (service == nil || record.service == service)
        && since.map { record.time >= $0 } ?? true
        && generation.map { record.fence?.to == $0 } ?? true
    }
    return Array(found.suffix(limit))
  }

  /// What was published of a service at a generation; nil when the history does not reach back there.
  package func published(_ service: ServiceKey, at generation: UInt64) -> AuditRecord? {
    records.last {
      $0.service == service && $0.fence?.to == generation && $0.outcome.result == .applied && !$0.records.isEmpty
    }
  }

  /// The generations of a service that can be brought back, oldest first.
  package func generations(of service: ServiceKey) -> [UInt64] {
    records.filter { $0.service == service && $0.outcome.result == .applied && !$0.records.isEmpty }
      .compactMap { $0.fence?.to }
  }
}
