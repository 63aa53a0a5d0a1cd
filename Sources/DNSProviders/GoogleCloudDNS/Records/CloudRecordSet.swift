import DNS
import Federation
import JSON

/// A record set as Cloud DNS holds it: understood, and word for word, since a deletion must match it exactly.
struct CloudRecordSet: Hashable, Sendable {
  /// What it means. Of a routing policy it has all values that the policy may answer with, perhaps none.
  var held: HeldRecordSet
  /// The name as the API writes it.
  var name: String
  var rrdatas: [String]
  /// Why zonetop never changes it; nil when it may.
  var obstacle: String?

  var key: RecordKey { held.key }

  /// The deletion or addition of the set.
  var json: JSONValue {
    [
      "name": .string(name), "type": .string(held.type.rawValue), "ttl": .integer(Int64(held.ttl)),
      "rrdatas": .array(rrdatas.map(JSONValue.string)),
    ]
  }

  /// What zonetop would write for a set.
  init(_ held: HeldRecordSet) {
    self.held = held
    name = held.name.text + "."
    rrdatas = held.values(as: .decimal)
  }

  /// Reads an element of a list.
  ///
  /// - Returns: nil for types that zonetop does not understand: SOA, NS, MX, …
  /// - Throws: ``ProviderError/Code/incomplete`` for a set that zonetop must understand and does not.
  init?(_ json: JSONValue) throws(ProviderError) {
    guard let typeText = json["type"]?.string, let name = json["name"]?.string else {
      throw ProviderError(.incomplete, "Cloud DNS lists a record set without a name or type: nothing of it was used")
    }
    guard let type = RecordType(rawValue: typeText) else { return nil }
    let policy = json["routingPolicy"]?.object
    let rrdatas = policy.map(Self.values) ?? json["rrdatas"]?.array?.compactMap(\.string) ?? []
    let isWhole = policy != nil || !rrdatas.isEmpty && rrdatas.count == json["rrdatas"]?.array?.count
    // Of a policy only what is understood can be shown; it is an obstacle either way.
    let shown = policy == nil ? rrdatas : rrdatas.filter { PresentationText.decimal.data(type, $0) != nil }
    guard isWhole, let ttl = (json["ttl"]?.integer).flatMap(UInt32.init(exactly:)),
      let held = HeldRecordSet(name: name, type: type, ttl: ttl, values: shown, as: .decimal)
    else {
      throw ProviderError(
        .incomplete,
        "Cloud DNS lists \(cleanText(name, limit: 80)) \(type.rawValue) in a form that cannot be read: nothing was used"
      )
    }
    self.held = held
    self.name = name
    self.rrdatas = rrdatas
    if let policy {
      obstacle = "a routing policy (\(Self.kind(of: policy)))"
    } else if json["signatureRrdatas"]?.array?.isEmpty == false {
      obstacle = "signatures of its own (signatureRrdatas)"
    }
  }

  /// What kind of policy it is: `geo`, `wrr`, `primaryBackup`.
  private static func kind(of policy: [String: JSONValue]) -> String {
    policy.keys.sorted().first { policy[$0]?.object != nil }.map { cleanText($0, limit: 40) } ?? "unknown"
  }

  /// Every value that a policy may answer with, wherever it stands in it; each once.
  private static func values(of policy: [String: JSONValue]) -> [String] {
    var values: [String] = []
    var pending = [JSONValue.object(policy)]
    while let next = pending.popLast() {
      for (key, value) in (next.object ?? [:]).sorted(by: { $0.key < $1.key }) {
        if key == "rrdatas" { values += value.array?.compactMap(\.string) ?? [] }
        pending += value.object != nil ? [value] : value.array ?? []
      }
    }
    var seen: Set<String> = []
    return values.filter { seen.insert($0).inserted }
  }
}

extension ZoneContents {
  /// What a zone or names of it hold; sets that are never changed say so among the foreign marks.
  init(_ sets: [CloudRecordSet]) {
    self.init(sets.map(\.held))
    for set in sets {
      guard let obstacle = set.obstacle, foreignMarks[set.held.name] == nil else { continue }
      foreignMarks[set.held.name] = "\(set.held.type.rawValue) with \(obstacle)"
    }
  }
}
