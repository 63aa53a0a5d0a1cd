internal import JSON

/// One page of the journal as it was last seen.
struct JournalPage: Sendable, Hashable {
  /// Several federations may keep their journals at one API.
  var federation: String
  var number: Int
  var resourceVersion: String
  var entries: Int
  var bytes: Int

  private static func prefix(_ federation: String) -> String { "zonetop-audit-\(federation)-" }

  var name: String { "\(Self.prefix(federation))\(number)" }

  init(federation: String, number: Int, resourceVersion: String = "", entries: Int = 0, bytes: Int = 0) {
    self.federation = federation
    self.number = number
    self.resourceVersion = resourceVersion
    self.entries = entries
    self.bytes = bytes
  }

  /// Reads the page that a ConfigMap is; nil for any other.
  init?(_ object: JSONValue, of federation: String) {
    let prefix = Self.prefix(federation)
    guard let name = object["metadata"]?["name"]?.string, name.hasPrefix(prefix),
      let number = Int(name.dropFirst(prefix.count)), number >= 0
    else { return nil }
    let data = object["data"]?.object ?? [:]
    self.init(
      federation: federation, number: number, resourceVersion: object["metadata"]?["resourceVersion"]?.string ?? "",
      entries: data.count,
      bytes: data.reduce(0) { $0 + $1.key.utf8.count + ($1.value.string?.utf8.count ?? 0) })
  }

  /// How many of the next entries fit; an entry that is larger than a page has one for itself.
  func room(for sizes: some Sequence<Int>, _ limits: JournalLimits) -> Int {
    var (count, total) = (entries, bytes)
    var fitting = 0
    for size in sizes {
      guard count < limits.entries, total + size <= limits.bytes || count == 0 else { break }
      count += 1
      total += size
      fitting += 1
    }
    return fitting
  }
}

extension AuditEntry {
  /// The key of an entry in a page: unique, so that writing it twice is writing it once.
  var key: String {
    switch self {
    case .record(let record): record.id
    case .outcome(let id, let outcome): "\(id).\(outcome.result.rawValue)"
    }
  }
}
