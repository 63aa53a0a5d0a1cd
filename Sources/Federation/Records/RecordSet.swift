/// The record types that zonetop publishes or must understand at a managed name.
package enum RecordType: String, Hashable, Comparable, Sendable, CaseIterable {
  case a = "A"
  case aaaa = "AAAA"
  case cname = "CNAME"
  case txt = "TXT"

  package static func < (left: RecordType, right: RecordType) -> Bool { left.rawValue < right.rawValue }
}

/// One DNS name and type with its TTL and its set of values: the unit of every plan.
///
/// Values are in canonical presentation form: IPv4 dotted quads, IPv6 as RFC 5952 writes it, CNAME targets as
/// ``DomainName/text``, TXT as its unquoted content. They are sorted and unique, so that `==` compares them as sets.
package struct RecordSet: Hashable, Sendable {
  package var name: DomainName
  package var type: RecordType
  /// Time to live in seconds.
  package var ttl: UInt32
  /// Sorted and unique.
  package let values: [String]

  /// Makes a record set; `values` are sorted and made unique here.
  package init(name: DomainName, type: RecordType, ttl: UInt32, values: some Sequence<String>) {
    self.name = name
    self.type = type
    self.ttl = ttl
    self.values = sortedUnique(Array(values))
  }
}

/// A name and a type: what identifies a record set within a zone.
package struct RecordKey: Hashable, Comparable, Sendable {
  package var name: DomainName
  package var type: RecordType

  package init(name: DomainName, type: RecordType) {
    self.name = name
    self.type = type
  }

  package static func < (left: RecordKey, right: RecordKey) -> Bool {
    left.name == right.name ? left.type < right.type : left.name < right.name
  }
}

extension RecordSet {
  package var key: RecordKey { RecordKey(name: name, type: type) }
}

/// A record set as a provider holds it, with whose it is.
package struct PublishedRecordSet: Hashable, Sendable {
  package var recordSet: RecordSet
  /// The federation whose ownership mark covers the record set; nil when it is somebody else's.
  package var owner: String?

  package init(recordSet: RecordSet, owner: String?) {
    self.recordSet = recordSet
    self.owner = owner
  }
}

/// Sorts and makes unique, without work where that is already so.
private func sortedUnique(_ values: [String]) -> [String] {
  guard values.count > 1, !zip(values, values.dropFirst()).allSatisfy({ $0 < $1 }) else { return values }
  var unique: [String] = []
  unique.reserveCapacity(values.count)
  for value in values.sorted() where value != unique.last { unique.append(value) }
  return unique
}
