import DNS
import Federation
import JSON

extension EtcdTransaction {
  /// The transaction that does what was planned to what was read.
  ///
  /// Every name that is pinned must be as it was read: the same keys with the same revisions, and nothing put below
  /// since. Only what differs is written, so that an address that stays costs nothing.
  ///
  /// - Parameter revision: when the names were read.
  /// - Throws: ``ProviderError/Code/refused`` where a key that zonetop did not write is in the way.
  init(
    _ transaction: Transaction, _ held: [DomainName: SkyDNSName], at revision: Int64
  ) throws(ProviderError) {
    for name in held.values.sorted(by: { $0.name < $1.name }) {
      var compares = [
        Self.unchanged(Array(name.path.utf8), since: name.exact?.entry.revision ?? 0),
        Self.quiet(.below(name.path), since: revision),
      ]
      compares += name.keys.map { Self.unchanged($0.entry.key, since: $0.entry.revision) }
      if name.name == transaction.pins.first?.name { guards += compares } else { conditions += compares }
    }
    for step in transaction.steps {
      guard let name = held[step.name] else { continue }
      operations += try name.operations(step)
    }
  }
}

extension SkyDNSName {
  /// The puts and deletes of a step; no key is in two of them, which etcd would refuse.
  fileprivate func operations(_ step: Transaction.Step) throws(ProviderError) -> [JSONValue] {
    let present = keys + (exact.map { [$0] } ?? [])
    for key in serving where !key.isOwn {
      if let type = key.type, step.removals.contains(type) { throw inTheWay(key, "\(name) \(type.rawValue)") }
    }
    var wanted: [[UInt8]: [UInt8]] = [:]
    for set in step.additions {
      for (index, data) in set.data.enumerated() {
        let key = Array("\(path)/\(SkyDNSKey.prefix)\(Self.identifier(data, index))".utf8)
        wanted[key] = try SkyDNSValue.encoded(data, ttl: set.ttl, at: name)
        // The type CNAME itself is asked of the key that is the path.
        guard case .cname = data else { continue }
        if let exact, !exact.isOwn { throw inTheWay(exact, "\(name) CNAME") }
        wanted[Array(path.utf8)] = try SkyDNSValue.encoded(data, ttl: set.ttl, at: name, isOwn: true)
      }
    }
    var operations: [JSONValue] = []
    for key in present where key.isOwn {
      guard wanted[key.entry.key] == nil, key.type.map(step.removals.contains) ?? true else { continue }
      operations.append(EtcdTransaction.delete(key.entry.key))
    }
    let before = Dictionary(present.map { ($0.entry.key, $0.entry.value) }) { first, _ in first }
    for (key, value) in wanted.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where before[key] != value {
      operations.append(EtcdTransaction.put(key, value))
    }
    return operations
  }

  private func inTheWay(_ key: SkyDNSKey, _ what: String) -> ProviderError {
    ProviderError(
      .refused,
      "\(what) stands in the key \(cleanText(String(decoding: key.entry.key, as: UTF8.self), limit: 200)), which zonetop did not write and does not touch: remove that key, or the name from zonetop"
    )
  }

  /// What comes after `zonetop-` in the key of a record: the same for the same record, so that a set is changed by what
  /// differs. It must not begin with an underscore, nor hold a slash.
  private static func identifier(_ data: RecordData, _ index: Int) -> String {
    switch data {
    case .address(let address):
      (address.isV4 ? "a-" : "aaaa-") + address.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    case .cname: "cname"
    default: "txt-\(index)"
    }
  }
}
