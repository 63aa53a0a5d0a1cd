internal import Federation
package import JSON

/// What `zonetop history` prints: what was done, by whom and why, oldest first.
package struct HistoryReport: Sendable {
  /// What is printed, oldest first.
  package var records: [AuditRecord]

  /// A report of these records, as they are ordered.
  package init(_ records: [AuditRecord]) { self.records = records }

  /// The lines of `-o table`, or of `-o wide`, which adds the id, the writer and every reason.
  package func lines(isWide: Bool) -> [String] {
    if records.isEmpty { return ["nothing is recorded"] }
    var table = TextTable(
      ["TIME", "ACTION", "SUBJECT", "GENERATION", "RESULT", "BY", "CHANGES", "WHY"] + (isWide ? ["WRITER", "ID"] : []))
    for record in records {
      let why =
        isWide || record.why.count < 2
        ? record.why.joined(separator: "; ") : "\(record.why[0]) (+\(record.why.count - 1))"
      table.add(
        [
          Self.second(record.time), record.action.rawValue, record.subject, Self.generations(record),
          record.outcome.result == .noted ? "-" : record.outcome.result.rawValue, record.holder ?? "zonetop",
          record.changes.isEmpty ? "-" : "\(record.changes.count)", why,
        ] + (isWide ? [record.actor, record.id] : []))
    }
    return table.lines
  }

  /// The lines of one record shown whole: who, why, and what was there before and after.
  package static func lines(of record: AuditRecord) -> [String] {
    var lines = [
      "\(record.action.rawValue) \(record.subject)",
      "  id          \(record.id)",
      "  time        \(record.time)",
      "  by          \(record.holder ?? "nobody's order")",
      "  writer      \(record.actor)",
    ]
    if record.fence != nil { lines.append("  generation  \(generations(record))") }
    let detail = record.outcome.detail.isEmpty ? "" : ": \(record.outcome.detail)"
    lines.append("  result      \(record.outcome.result.rawValue)\(detail)")
    if let change = record.outcome.change { lines.append("  change      \(change)") }
    if !record.rules.isEmpty { lines.append("  rules       \(record.rules.map(\.rawValue).joined(separator: ", "))") }
    lines += record.why.enumerated().map { "  \($0 == 0 ? "why       " : "          ")  \($1)" }
    for change in record.changes {
      lines.append("")
      lines.append("  \(change.name)")
      lines += difference(change)
    }
    return lines
  }

  /// The values that go and come, as a diff shows them.
  private static func difference(_ change: Change) -> [String] {
    let (before, after) = (change.before, change.after)
    func text(_ sign: Character, _ set: RecordSet, _ value: String) -> String {
      "  \(sign) \(set.type.rawValue) \(value)  TTL \(set.ttl)"
    }
    guard let before, let after, before.type == after.type, before.ttl == after.ttl else {
      let gone = before.map { set in set.values.map { text("-", set, $0) } } ?? []
      return gone + (after.map { set in set.values.map { text("+", set, $0) } } ?? [])
    }
    let (old, new) = (Set(before.values), Set(after.values))
    return old.union(new).sorted().map { value in
      text(!new.contains(value) ? "-" : !old.contains(value) ? "+" : " ", after, value)
    }
  }

  /// The value of `-o json`: a list of records, each with every change's record sets before and after.
  package var json: JSONValue { .array(records.map(Self.json)) }

  /// One record as `-o json` writes it, with every change's record sets before and after.
  package static func json(_ record: AuditRecord) -> JSONValue {
    var value = record.json
    value["changes"] = .array(
      record.changes.map { change in
        [
          "name": .string(change.name.text), "action": .string(change.action.rawValue),
          "before": change.before?.json ?? .null, "after": change.after?.json ?? .null,
        ]
      })
    value["records"] = .array(record.records.map(\.json))
    return value
  }

  private static func generations(_ record: AuditRecord) -> String {
    guard let fence = record.fence else { return "-" }
    return "\(fence.from.map(String.init) ?? "none") → \(fence.to.map(String.init) ?? "none")"
  }

  private static func second(_ time: Timestamp) -> String {
    Timestamp(seconds: time.nanoseconds / 1_000_000_000).description
  }
}
