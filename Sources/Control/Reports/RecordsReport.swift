package import DNSProviders
package import Federation
package import JSON

/// What `zonetop records` prints: for every record set at the federation's names what should be, what the provider holds
/// and what each name server answers, whose it is, and what differs.
package struct RecordsReport: Sendable {
  private var rows: [Row] = []
  private let now: Timestamp

  private struct Row: Sendable {
    var key: RecordKey
    var desired: RecordSet?
    var published: RecordSet?
    var owner: String?
    var generation: UInt64?
    /// When the service's names were last written.
    var written: Timestamp?
    /// The generation that a rollback holds it to.
    var pinned: UInt64?
    var served: [ServedSets.Answer] = []
  }

  /// - Parameters:
  ///   - contents: the whole zone, as the provider read it.
  ///   - now: ages are told as of then.
  package init(_ contents: ZoneContents, snapshot: FederationSnapshot, at now: Timestamp) {
    self.now = now
    let managed = ManagedNames(federation: snapshot.federation)
    var desired: [RecordKey: RecordSet] = [:]
    for set in snapshot.services.flatMap(\.names).flatMap(\.desired) { desired[set.key] = set }
    var published: [RecordKey: RecordSet] = [:]
    for set in contents.recordSets where managed.service(of: set.name) != nil { published[set.key] = set }
    let pins = Dictionary(snapshot.services.map { ($0.key, $0.pin?.pin.generation) }) { $1 }
    for key in Set(desired.keys).union(published.keys).sorted() {
      guard let service = managed.service(of: key.name) else { continue }
      let mark = (try? OwnershipMark.markName(of: service, in: snapshot.federation)).flatMap { contents.marks[$0] }
      let isListed = mark?.sets.contains(key) ?? false
      rows.append(
        Row(
          key: key, desired: desired[key], published: published[key], owner: isListed ? mark?.federation : nil,
          generation: isListed ? mark?.generation : nil, written: isListed ? mark?.written : nil,
          pinned: pins[service] ?? nil))
    }
  }

  /// The record sets that name servers are to be asked for.
  package var keys: [RecordKey] { rows.map(\.key) }

  /// Takes what the name servers answered.
  package mutating func take(_ served: [RecordKey: [ServedSets.Answer]]) {
    for index in rows.indices { rows[index].served = served[rows[index].key] ?? [] }
  }

  /// The lines of `-o table`.
  package var lines: [String] {
    var table = TextTable(["NAME", "TYPE", "TTL", "VALUES", "OWNER", "GENERATION", "AGE", "SERVED", "DRIFT"])
    for row in rows {
      let shown = row.published ?? row.desired
      table.add([
        row.key.name.text, row.key.type.rawValue, shown.map { "\($0.ttl)" } ?? "-",
        shown.map { $0.values.map { cleanLine($0) }.joined(separator: ",") } ?? "-", owner(of: row),
        row.generation.map { "\($0)" } ?? "-", row.written.map { ageText(now - $0) } ?? "-", serving(row),
        drift(of: row) + (row.pinned.map { ", rolled back to generation \($0)" } ?? ""),
      ])
    }
    return table.lines
  }

  private func owner(of row: Row) -> String { row.published == nil ? "-" : row.owner ?? "somebody else" }

  private func drift(of row: Row) -> String {
    guard let published = row.published else { return "not published" }
    guard row.owner != nil else { return "foreign" }
    guard let desired = row.desired else { return "not desired" }
    return desired == published ? "none" : "differs"
  }

  /// How many servers answer what is published, and what one of the others says.
  private func serving(_ row: Row) -> String {
    guard !row.served.isEmpty else { return "-" }
    let others = row.served.filter { $0.trouble != nil || $0.set != row.published }
    let count = "\(row.served.count - others.count)/\(row.served.count)"
    guard let other = others.first else { return count }
    let says = other.trouble ?? other.set.map { cleanText($0.values.joined(separator: ","), limit: 80) } ?? "nothing"
    return "\(count) (\(other.server): \(cleanText(says, limit: 120)))"
  }

  /// The value of `-o json`.
  package var json: JSONValue { .array(rows.map(json)) }

  private func json(_ row: Row) -> JSONValue {
    var value = (row.published ?? row.desired)?.json ?? [:]
    value["desired"] = row.desired?.json ?? .null
    value["published"] = row.published?.json ?? .null
    value["owner"] = row.owner.map(JSONValue.string) ?? .null
    value["generation"] = row.generation.map { .integer(Int64(clamping: $0)) } ?? .null
    value["written"] = row.written.map { .string($0.description) } ?? .null
    value["drift"] = .string(drift(of: row))
    if let pinned = row.pinned { value["rolledBackTo"] = .integer(Int64(clamping: pinned)) }
    value["served"] = .array(
      row.served.map { answer in
        var served: JSONValue = ["server": .string("\(answer.server)"), "set": answer.set?.json ?? .null]
        if let trouble = answer.trouble { served["error"] = .string(trouble) }
        return served
      })
    return value
  }
}
