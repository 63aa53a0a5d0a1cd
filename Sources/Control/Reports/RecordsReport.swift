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
    var service: ServiceKey?
    var desired: RecordSet?
    var published: RecordSet?
    var owner: String?
    var generation: UInt64?
    /// When the service's names were last written.
    var written: Timestamp?
    /// The generation that a rollback holds it to.
    var pinned: UInt64?
    var served: [ServedSets.Answer] = []
    /// What the provider says of the service's last change, which counts for nothing.
    var acknowledgement: Acknowledgement?
    /// Why nothing of it is published, where that is known.
    var why: String?
  }

  /// - Parameters:
  ///   - contents: the whole zone, as the provider read it.
  ///   - now: ages are told as of then.
  package init(_ contents: ZoneContents, snapshot: FederationSnapshot, at now: Timestamp) {
    self.now = now
    let managed = ManagedNames(federation: snapshot.federation, aliases: snapshot.aliases.map(\.alias))
    let listed = Set(contents.marks.flatMap { managed.aliases(listedBy: $0.value, at: $0.key) })
    var rows: [RecordKey: Row] = [:]
    var owners: [RecordKey: ServiceKey] = [:]
    for service in snapshot.services {
      for set in service.names.flatMap(\.desired) {
        owners[set.key] = service.key
        rows[set.key] = Row(key: set.key, desired: set)
      }
    }
    for alias in snapshot.aliases {
      let key = RecordKey(name: alias.alias.name, type: .cname)
      owners[key] = alias.alias.service
      rows[key] = Row(key: key, desired: alias.desired, why: alias.why)
    }
    for set in contents.recordSets {
      guard let service = managed.service(of: set, listed: listed) else { continue }
      owners[set.key] = service
      rows[set.key, default: Row(key: set.key)].published = set
    }
    let pins = Dictionary(snapshot.services.map { ($0.key, $0.pin?.pin.generation) }) { $1 }
    self.rows = rows.values.sorted { $0.key < $1.key }.map { row in
      var row = row
      guard let service = owners[row.key] else { return row }
      row.service = service
      row.pinned = pins[service] ?? nil
      let mark = (try? OwnershipMark.markName(of: service, in: snapshot.federation)).flatMap { contents.marks[$0] }
      guard let mark, mark.sets.contains(row.key) else { return row }
      row.owner = mark.federation
      row.generation = mark.generation
      row.written = mark.written
      return row
    }
  }

  /// The record sets that name servers are to be asked for.
  package var keys: [RecordKey] { rows.map(\.key) }

  /// Takes what the name servers answered.
  package mutating func take(_ served: [RecordKey: [ServedSets.Answer]]) {
    for index in rows.indices { rows[index].served = served[rows[index].key] ?? [] }
  }

  /// What the provider calls the last change of each service, of the newest `limit` services that the history tells it of:
  /// a question each, so that it is not asked about thousands.
  package func changes(in history: AuditHistory, limit: Int = 20) -> [ServiceKey: String] {
    var newest: [(service: ServiceKey, written: Timestamp, change: String)] = []
    var seen: Set<ServiceKey> = []
    for row in rows {
      // Somebody else's mark, or a change of which this history knows nothing, is nobody's to ask about.
      guard let service = row.service, let generation = row.generation, seen.insert(service).inserted,
        let record = history.records(of: service, generation: generation).last(where: { $0.outcome.result == .applied }
        ),
        let change = record.outcome.change
      else { continue }
      newest.append((service, record.outcome.time, change))
    }
    newest.sort { ($1.written, $0.service) < ($0.written, $1.service) }
    return Dictionary(newest.prefix(limit).map { ($0.service, $0.change) }) { first, _ in first }
  }

  /// Takes what the provider says of the last changes of services.
  package mutating func take(_ acknowledgements: [ServiceKey: Acknowledgement]) {
    for index in rows.indices { rows[index].acknowledgement = rows[index].service.flatMap { acknowledgements[$0] } }
  }

  /// The lines of `-o table`.
  package var lines: [String] {
    var table = TextTable(["NAME", "TYPE", "TTL", "VALUES", "OWNER", "GENERATION", "AGE", "ACK", "SERVED", "DRIFT"])
    for row in rows {
      let shown = row.published ?? row.desired
      table.add([
        row.key.name.text, row.key.type.rawValue, shown.map { "\($0.ttl)" } ?? "-",
        shown.map { $0.values.map { cleanLine($0) }.joined(separator: ",") } ?? "-", owner(of: row),
        row.generation.map { "\($0)" } ?? "-", row.written.map { ageText(now - $0) } ?? "-",
        row.acknowledgement?.rawValue ?? "-", serving(row),
        drift(of: row) + (row.pinned.map { ", rolled back to generation \($0)" } ?? ""),
      ])
    }
    return table.lines
  }

  private func owner(of row: Row) -> String { row.published == nil ? "nobody" : row.owner ?? "somebody else" }

  private func drift(of row: Row) -> String {
    guard let published = row.published else { return row.why.map { "missing: \($0)" } ?? "missing" }
    guard row.owner != nil else { return "foreign" }
    guard let desired = row.desired else { return "not desired" }
    guard desired == published else { return "differs" }
    // What the provider holds and acknowledges is not there for the world before the name servers answer it.
    return row.served.contains { $0.trouble == nil && $0.set != published } ? "served differs" : "none"
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
    value["ack"] = row.acknowledgement.map { .string($0.rawValue) } ?? .null
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
