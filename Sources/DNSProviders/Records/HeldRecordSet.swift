package import DNS
package import Federation

/// A record set as a zone holds it, byte for byte: what ``Federation/RecordSet`` shows in text.
///
/// TXT records need it: their strings may hold any bytes, and a mark is fenced by exactly these.
package struct HeldRecordSet: Hashable, Sendable {
  package var name: DomainName
  package var type: RecordType
  /// Time to live in seconds.
  package var ttl: UInt32
  /// One a record, in the order they came.
  package var data: [RecordData]

  package init(name: DomainName, type: RecordType, ttl: UInt32, data: [RecordData]) {
    self.name = name
    self.type = type
    self.ttl = ttl
    self.data = data
  }
}

extension HeldRecordSet {
  package var key: RecordKey { RecordKey(name: name, type: type) }

  /// The set as records of a message.
  package var records: [ResourceRecord] { data.map { ResourceRecord(name: name, ttl: ttl, data: $0) } }

  /// How long a mark may be cached, in seconds. It is only ever read at the source.
  private static let markTTL: UInt32 = 60

  /// The bytes of a record set.
  ///
  /// - Throws: ``ProviderError/Code/refused`` for a value that its type cannot hold.
  package init(_ set: RecordSet) throws(ProviderError) {
    var data: [RecordData] = []
    for value in set.values {
      guard let record = Self.record(set.type, value) else {
        throw ProviderError(
          .refused, "\(cleanText(value, limit: 80)) cannot be the value of the \(set.type.rawValue) record \(set.name)")
      }
      data.append(record)
    }
    self.init(name: set.name, type: set.type, ttl: set.ttl, data: data)
  }

  /// The one TXT record that carries a mark.
  package init(_ mark: OwnershipMark, at name: DomainName) {
    self.init(
      name: name, type: .txt, ttl: Self.markTTL, data: [.txt(mark.strings(at: name).map { Array($0.utf8) })])
  }

  private static func record(_ type: RecordType, _ value: String) -> RecordData? {
    switch type {
    case .a, .aaaa: IPAddress(value).flatMap { $0.recordType == type ? .address($0) : nil }
    case .cname: (try? DomainName(value)).map { .cname($0) }
    case .txt: .txt(strings(value))
    }
  }

  /// Cuts text into the strings of one TXT record.
  private static func strings(_ text: String) -> [[UInt8]] {
    let bytes = Array(text.utf8)
    return stride(from: 0, to: bytes.count, by: 255).map { Array(bytes[$0..<min($0 + 255, bytes.count)]) }
  }
}

extension HeldRecordSet {
  /// Groups records by name and type, as far as zonetop understands their types; sorted.
  static func sets(of records: some Sequence<ResourceRecord>) -> [HeldRecordSet] {
    var sets: [RecordKey: HeldRecordSet] = [:]
    for record in records {
      guard let type = RecordType(record.type) else { continue }
      let key = RecordKey(name: record.name, type: type)
      sets[key, default: HeldRecordSet(name: record.name, type: type, ttl: record.ttl, data: [])].data.append(
        record.data)
    }
    return sets.values.sorted { $0.key < $1.key }
  }
}

extension RecordSet {
  /// The longest text of one TXT record that is kept, in code points.
  private static let longestText = 4_096

  /// A held record set in text; what TXT records hold is cleaned, since anybody may have written it.
  package init(_ held: HeldRecordSet) {
    self.init(
      name: held.name, type: held.type, ttl: held.ttl,
      values: held.data.compactMap { data in
        switch data {
        case .address(let address): address.description
        case .cname(let target): target.text
        case .txt(let strings):
          cleanText(String(decoding: strings.joined(), as: UTF8.self), limit: Self.longestText)
        default: nil
        }
      })
  }
}
