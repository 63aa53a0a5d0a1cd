import DNS
import Federation

/// A key at a name, with what it holds.
struct SkyDNSKey: Hashable, Sendable {
  var entry: EtcdEntry
  var value: SkyDNSValue
  /// Whether zonetop wrote it. All others are somebody else's and never touched.
  var isOwn: Bool

  /// How the identifiers of zonetop's keys begin.
  static let prefix = "zonetop-"

  /// - Parameter identifier: what the key has after the name's path; nil for the key that is the path itself.
  init(_ entry: EtcdEntry, identifier: Substring?) {
    self.entry = entry
    value = SkyDNSValue(entry.value)
    isOwn = identifier.map { $0.hasPrefix(Self.prefix) } ?? value.isOwn
    // Nobody else's to keep: it goes with the next change of the name.
    if isOwn, !value.isReadable { value.data = nil }
  }

  var type: RecordType? { value.data?.type.flatMap { RecordType($0) } }
}

/// What etcd holds at one name.
struct SkyDNSName: Sendable {
  var name: DomainName
  var path: String
  /// The keys right below the path.
  var keys: [SkyDNSKey] = []
  /// The key that is the path itself. CoreDNS looks at it for the type CNAME, and for others when nothing is below.
  var exact: SkyDNSKey?
  /// Whether anything is below the path, however deep.
  var hasBelow = false

  /// What CoreDNS answers the name's questions with.
  var serving: [SkyDNSKey] { keys + (hasBelow ? [] : exact.map { [$0] } ?? []) }

  /// The record sets of the name; keys of one type are one set, with the shortest of their TTLs (RFC 2181 section 5.2).
  ///
  /// The TTL is 0, which CoreDNS serves for none, where a key of zonetop's is not as it writes it: so the set differs
  /// from every plan, and is written anew.
  var recordSets: [HeldRecordSet] {
    var sets: [RecordType: HeldRecordSet] = [:]
    var seen: Set<RecordData> = []
    for key in serving {
      guard let type = key.type, let data = key.value.data else { continue }
      var set = sets[type] ?? HeldRecordSet(name: name, type: type, ttl: key.value.ttl, data: [])
      set.ttl = min(set.ttl, isAsWritten(key) ? key.value.ttl : 0)
      if seen.insert(data).inserted { set.data.append(data) }
      sets[type] = set
    }
    return sets.values.sorted { $0.key < $1.key }
  }

  /// Whether a key has the group that keeps names apart, and a CNAME its two keys.
  private func isAsWritten(_ key: SkyDNSKey) -> Bool {
    guard key.isOwn else { return true }
    guard key.value.group == name.text else { return false }
    guard key.type == .cname else { return true }
    guard let exact, exact.isOwn else { return false }
    return exact.value.data == key.value.data && exact.value.ttl == key.value.ttl && exact.value.group == name.text
  }
}

extension SkyDNSName {
  /// Reads a name from the answers to ``ranges(_:)``.
  init(name: DomainName, path: String, exact: EtcdRange, below: EtcdRange) {
    self.init(name: name, path: path)
    self.exact = exact.entries.first.map { SkyDNSKey($0, identifier: nil) }
    hasBelow = !below.entries.isEmpty
    for entry in below.entries {
      guard let (parent, identifier) = SkyDNSTree.split(entry.key), parent == path else { continue }
      let key = SkyDNSKey(entry, identifier: identifier)
      // The exact key of a name below is that name's.
      if !key.value.isOwn { keys.append(key) }
    }
  }

  /// The keys to read for a name.
  static func ranges(_ path: String) -> [EtcdKeys] { [.one(path), .below(path)] }
}

extension SkyDNSTree {
  /// The record sets of all keys of a zone.
  ///
  /// - Parameter entries: everything below the zone's path, sorted by key.
  func recordSets(_ entries: [EtcdEntry]) -> [HeldRecordSet] {
    var names: [Substring: SkyDNSName] = [:]
    for (index, entry) in entries.enumerated() {
      guard let (path, identifier) = Self.split(entry.key) else { continue }
      let key = SkyDNSKey(entry, identifier: identifier)
      if !key.value.isOwn {
        names[path, default: SkyDNSName(name: .root, path: String(path))].keys.append(key)
      }
      // Whoever wrote no identifier meant the whole key as the name, and CoreDNS answers it as one.
      if key.value.isOwn || !key.isOwn {
        let hasBelow = Self.hasBelow(entry.key, entries[(index + 1)...])
        guard key.value.isOwn || !hasBelow else { continue }
        let whole = Substring(String(decoding: entry.key, as: UTF8.self))
        var name = names[whole] ?? SkyDNSName(name: .root, path: String(whole))
        name.exact = SkyDNSKey(entry, identifier: nil)
        name.hasBelow = hasBelow
        names[whole] = name
      }
    }
    return names.flatMap { path, found -> [HeldRecordSet] in
      guard let name = name(at: path) else { return [] }
      var found = found
      found.name = name
      return found.recordSets
    }
  }

  /// Whether a later entry lies below a key.
  private static func hasBelow(_ key: [UInt8], _ later: ArraySlice<EtcdEntry>) -> Bool {
    let path = key + [UInt8(ascii: "/")]
    var (low, high) = (later.startIndex, later.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if later[middle].key.lexicographicallyPrecedes(path) { low = middle + 1 } else { high = middle }
    }
    return low < later.endIndex && later[low].key.starts(with: path)
  }
}
