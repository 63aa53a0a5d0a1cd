import DNS
import DNSProviders
import Federation
import JSON

extension CloudZone {
  private static let types: Set<String> = [
    "A", "AAAA", "CAA", "CNAME", "HTTPS", "MX", "NS", "PTR", "SOA", "SRV", "SVCB", "TXT",
  ]

  /// Reads the record sets of a change as they were sent.
  func entries(_ json: JSONValue?, _ part: String) throws(GoogleRefusal) -> [Entry] {
    guard let json else { return [] }
    guard let elements = json.array else { throw .invalid("entity.change.\(part)", json.text()) }
    var entries: [Entry] = []
    for (index, element) in elements.enumerated() {
      let place = "entity.change.\(part)[\(index)]"
      let known: Set = ["name", "type", "ttl", "rrdatas", "kind", "routingPolicy", "signatureRrdatas"]
      guard let members = element.object, known.isSuperset(of: members.keys) else {
        throw .invalid(place, element.text())
      }
      guard let name = element["name"]?.string, let type = element["type"]?.string,
        let ttl = element["ttl"]?.integer, element["rrdatas"] != nil || element["routingPolicy"] != nil
      else { throw GoogleRefusal(400, "required", "The '\(place)' parameter lacks a name, type, ttl or rrdatas.") }
      let values = element["rrdatas"]?.array ?? []
      guard values.allSatisfy({ $0.string != nil }) else { throw .invalid("\(place).rrdatas", element.text()) }
      entries.append(
        Entry(
          name: name, type: type, ttl: ttl, rrdatas: values.compactMap(\.string), policy: element["routingPolicy"],
          signatures: (element["signatureRrdatas"]?.array ?? []).compactMap(\.string)))
    }
    guard Set(entries.map(\.key)).count == entries.count else {
      throw .invalid("entity.change.\(part)", "the same record set twice")
    }
    return entries
  }

  func checkSizes(_ removed: [Entry], _ added: [Entry]) throws(GoogleRefusal) {
    func check(_ is: Bool, _ what: String) throws(GoogleRefusal) {
      guard `is` else { throw GoogleRefusal(403, "quotaExceeded", "The change would exceed quota for \(what).") }
    }
    try check(added.count <= limits.additions, "additions per change")
    try check(removed.count <= limits.deletions, "deletions per change")
    let bytes = (removed + added).reduce(0) { $0 + $1.rrdatas.reduce(0) { $0 + $1.utf8.count } }
    try check(bytes <= limits.bytes, "total rrdata size per change")
    try check(added.allSatisfy { $0.rrdatas.count <= limits.records }, "resource records per rrset")
    try check(sets.count + added.count - removed.count <= limits.sets, "rrsets per managed zone")
  }

  /// The syntax of one addition.
  func check(_ entry: Entry, _ place: String) throws(GoogleRefusal) {
    let name = try? DomainName(entry.name)
    guard entry.name.hasSuffix("."), let name, name.isSubdomain(of: apex) else {
      throw .invalid("\(place).name", entry.name)
    }
    guard Self.types.contains(entry.type) else { throw .invalid("\(place).type", entry.type) }
    guard (0...0x7FFF_FFFF).contains(entry.ttl) else { throw .invalid("\(place).ttl", "\(entry.ttl)") }
    guard entry.policy == nil || entry.rrdatas.isEmpty else { throw .invalid("\(place).routingPolicy", "rrdatas") }
    guard entry.policy != nil || !entry.rrdatas.isEmpty else { throw .invalid("\(place).rrdatas", "") }
    for (index, value) in entry.rrdatas.enumerated() where !Self.isData(entry.type, value) {
      throw .invalid("\(place).rrdata[\(index)]", value)
    }
    guard Set(entry.rrdatas).count == entry.rrdatas.count else { throw .invalid("\(place).rrdata", "a value twice") }
    guard entry.type == "CNAME" else { return }
    guard entry.rrdatas.count == 1, name != apex else { throw .invalid("\(place).type", "CNAME") }
  }

  private static func isData(_ type: String, _ value: String) -> Bool {
    switch type {
    case "A", "AAAA": IPAddress(value).map { $0.recordType.rawValue == type } ?? false
    case "CNAME", "NS", "PTR": value.hasSuffix(".") && (try? DomainName(value)) != nil
    case "TXT":
      // Quoted strings of at most 255 bytes each, printable ASCII and escapes.
      value.hasPrefix("\"") && value.hasSuffix("\"") && value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        && PresentationText.decimal.data(.txt, value).map {
          if case .txt(let strings) = $0 { strings.allSatisfy { $0.count <= 255 } } else { false }
        } ?? false
    default: !value.isEmpty
    }
  }

  /// What must be true of the zone that a change leaves behind.
  func checkWhole(_ next: [Key: Entry], touched: [Entry]) throws(GoogleRefusal) {
    for type in ["NS", "SOA"] where next[Key(name: apex.text + ".", type: type)] == nil {
      throw GoogleRefusal(400, "invalidZoneApex", "The zone's apex must hold \(type) records.")
    }
    for (index, entry) in touched.enumerated() {
      let others = Self.types.filter { $0 != "CNAME" && next[Key(name: entry.key.name, type: $0)] != nil }
      guard next[Key(name: entry.key.name, type: "CNAME")] != nil, !others.isEmpty else { continue }
      throw GoogleRefusal(
        400, "cnameResourceRecordSetConflict",
        "The resource record set 'entity.change.additions[\(index)]' is invalid because the DNS name '\(entry.name)' may have either one CNAME resource record set or resource record sets of other types, but not both."
      )
    }
  }
}
