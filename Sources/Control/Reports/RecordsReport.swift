package import DNSProviders
internal import Federation
package import JSON

/// What `zonetop records` prints: what the provider holds below the federation's names, with owner, generation and drift.
package struct RecordsReport: Sendable {
  private var rows: [Row] = []

  private struct Row: Sendable {
    var set: RecordSet
    var owner: String?
    var generation: UInt64?
    var drift: String
    /// The generation that a rollback holds it to.
    var pinned: UInt64?
    /// Whether the provider holds nothing of it.
    var isMissing = false
  }

  /// - Parameter contents: the whole zone, as the provider read it.
  package init(_ contents: ZoneContents, snapshot: FederationSnapshot) {
    let managed = ManagedNames(federation: snapshot.federation, aliases: snapshot.aliases.map(\.alias))
    let listed = Set(contents.marks.flatMap { managed.aliases(listedBy: $0.value, at: $0.key) })
    var desired: [RecordKey: RecordSet] = [:]
    for set in snapshot.services.flatMap(\.names).flatMap(\.desired) { desired[set.key] = set }
    for set in snapshot.aliases.compactMap(\.desired) { desired[set.key] = set }
    let pins = Dictionary(snapshot.services.map { ($0.key, $0.pin?.pin.generation) }) { $1 }
    for set in contents.recordSets {
      guard let key = managed.service(of: set, listed: listed) else { continue }
      let mark = (try? OwnershipMark.markName(of: key, in: snapshot.federation)).flatMap { contents.marks[$0] }
      let isListed = mark?.sets.contains(set.key) ?? false
      rows.append(
        Row(
          set: set, owner: isListed ? mark?.federation : nil, generation: isListed ? mark?.generation : nil,
          drift: Self.drift(set, desired[set.key], isOurs: isListed), pinned: pins[key] ?? nil))
    }
    addMissing(snapshot.aliases, contents)
    rows.sort { $0.set.key < $1.set.key }
  }

  /// An alias that is declared and does not stand at its name is shown as it should be, with the reason.
  private mutating func addMissing(_ aliases: [AliasSnapshot], _ contents: ZoneContents) {
    let held = Set(contents.recordSets.map(\.name))
    for alias in aliases where !held.contains(alias.alias.name) {
      let why = alias.why.map { ": \($0)" } ?? ""
      let wanted = RecordSet(
        name: alias.alias.name, type: .cname, ttl: alias.desired?.ttl ?? alias.alias.ttl ?? 0,
        values: alias.desired?.values ?? [])
      rows.append(Row(set: wanted, owner: nil, generation: nil, drift: "missing\(why)", isMissing: true))
    }
  }

  private static func drift(_ set: RecordSet, _ desired: RecordSet?, isOurs: Bool) -> String {
    guard isOurs else { return "foreign" }
    guard let desired else { return "not desired" }
    return desired == set ? "none" : "differs"
  }

  /// The lines of `-o table`.
  package var lines: [String] {
    var table = TextTable(["NAME", "TYPE", "TTL", "VALUES", "OWNER", "GENERATION", "DRIFT"])
    for row in rows {
      table.add([
        row.set.name.text, row.set.type.rawValue, "\(row.set.ttl)",
        row.set.values.map { cleanLine($0) }.joined(separator: ","),
        row.owner ?? (row.isMissing ? "nobody" : "somebody else"),
        row.generation.map { "\($0)" } ?? "-",
        row.drift + (row.pinned.map { ", rolled back to generation \($0)" } ?? ""),
      ])
    }
    return table.lines
  }

  /// The value of `-o json`.
  package var json: JSONValue {
    .array(
      rows.map { row in
        var value = row.set.json
        value["owner"] = row.owner.map(JSONValue.string) ?? .null
        value["generation"] = row.generation.map { .integer(Int64(clamping: $0)) } ?? .null
        value["drift"] = .string(row.drift)
        if let pinned = row.pinned { value["rolledBackTo"] = .integer(Int64(clamping: pinned)) }
        return value
      })
  }
}
