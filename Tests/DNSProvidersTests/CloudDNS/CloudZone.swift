import DNS
import DNSProviders
import Federation
import JSON

/// A managed zone by the rules that Cloud DNS documents, and in doubt by stricter ones: a deletion must have the values in
/// the very order in which they are held.
struct CloudZone: Sendable {
  let apex: DomainName
  private(set) var sets: [Key: Entry] = [:]
  var limits = Limits()

  struct Key: Hashable, Comparable, Sendable {
    /// Lower case, with a dot at its end.
    var name: String
    var type: String

    static func < (left: Key, right: Key) -> Bool {
      left.name == right.name ? left.type < right.type : left.name < right.name
    }
  }

  struct Entry: Hashable, Sendable {
    var name: String
    var type: String
    var ttl: Int64
    var rrdatas: [String]
    var policy: JSONValue?
    var signatures: [String] = []

    var key: Key { Key(name: name.lowercased(), type: type) }

    var json: JSONValue {
      var json: JSONValue = [
        "kind": "dns#resourceRecordSet", "name": .string(name), "type": .string(type), "ttl": .integer(ttl),
      ]
      if let policy { json["routingPolicy"] = policy } else { json["rrdatas"] = .array(rrdatas.map(JSONValue.string)) }
      if !signatures.isEmpty { json["signatureRrdatas"] = .array(signatures.map(JSONValue.string)) }
      return json
    }

    /// What the name servers answer with; nil for what our own one cannot serve.
    var served: HeldRecordSet? {
      guard policy == nil, let type = RecordType(rawValue: type) else { return nil }
      return HeldRecordSet(name: name, type: type, ttl: UInt32(ttl), values: rrdatas, as: .decimal)
    }
  }

  /// The quotas of a project.
  struct Limits: Sendable {
    var additions = 1_000
    var deletions = 1_000
    var bytes = 100_000
    var records = 100
    var sets = 10_000
  }

  init(apex: DomainName) {
    self.apex = apex
    let name = apex.text + "."
    put(Entry(name: name, type: "NS", ttl: 21_600, rrdatas: ["ns-cloud-a1.googledomains.com."]))
    put(
      Entry(
        name: name, type: "SOA", ttl: 21_600,
        rrdatas: ["ns-cloud-a1.googledomains.com. cloud-dns-hostmaster.google.com. 1 21600 3600 259200 300"]))
  }

  /// Puts a set without asking anybody.
  mutating func put(_ entry: Entry) { sets[entry.key] = entry }

  mutating func put(_ set: HeldRecordSet) {
    put(
      Entry(
        name: set.name.text + ".", type: set.type.rawValue, ttl: Int64(set.ttl), rrdatas: set.values(as: .decimal)))
  }

  mutating func remove(_ key: RecordKey) { sets[Key(name: key.name.text + ".", type: key.type.rawValue)] = nil }

  /// Does a change whole or not at all.
  mutating func apply(_ change: JSONValue) throws(GoogleRefusal) -> (removed: [Entry], added: [Entry]) {
    let removed = try entries(change["deletions"], "deletions")
    let added = try entries(change["additions"], "additions")
    guard !removed.isEmpty || !added.isEmpty else {
      throw GoogleRefusal(400, "required", "The 'entity.change' parameter is required but was missing.")
    }
    try checkSizes(removed, added)
    var next = sets
    for (index, entry) in removed.enumerated() {
      let place = "entity.change.deletions[\(index)]"
      guard let held = sets[entry.key] else {
        throw GoogleRefusal(
          404, "notFound", "The '\(place)' resource named '\(entry.name) (\(entry.type))' does not exist.")
      }
      guard held == entry else { throw GoogleRefusal(412, "conditionNotMet", "Precondition not met for '\(place)'") }
      next[entry.key] = nil
    }
    for (index, entry) in added.enumerated() {
      let place = "entity.change.additions[\(index)]"
      try check(entry, place)
      guard next.updateValue(entry, forKey: entry.key) == nil else {
        throw GoogleRefusal(
          409, "alreadyExists", "The resource '\(place)' named '\(entry.name) (\(entry.type))' already exists")
      }
    }
    try checkWhole(next, touched: added)
    sets = next
    return (removed, added)
  }
}
