internal import JSON

extension AuditEntry {
  /// The entry as one line of the spool.
  package var line: String {
    switch self {
    case .record(let record): (["record": record.json] as JSONValue).text()
    case .outcome(let id, let outcome): (["id": .string(id), "outcome": outcome.json] as JSONValue).text()
    }
  }

  /// Reads what ``line`` wrote; nil for a line that was cut.
  package init?(line: some StringProtocol) {
    guard let value = try? JSONValue.parse(line.utf8) else { return nil }
    if let record = value["record"].flatMap(AuditRecord.init) {
      self = .record(record)
    } else if let id = value["id"]?.string, let outcome = value["outcome"].flatMap(AuditRecord.Outcome.init) {
      self = .outcome(id, outcome)
    } else {
      return nil
    }
  }
}
