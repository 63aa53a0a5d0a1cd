import DNS
import DNSProviders
import Federation
import NameServer

/// A name in a test, as it is written.
func name(_ text: String) -> DomainName { DomainName(canonical: text) }

/// A record set in presentation form: `set("a.example.com", .a, "192.0.2.1")`.
func set(_ owner: String, _ type: RecordType, _ values: String...) -> RecordSet {
  RecordSet(name: name(owner), type: type, ttl: 180, values: values)
}

extension AuthoritativeZone {
  /// `example.com` with the given record sets.
  static func example(_ sets: RecordSet...) throws -> AuthoritativeZone {
    var zone = AuthoritativeZone(apex: name("example.com"))
    try zone.replace([], with: try sets.map { try HeldRecordSet($0) })
    return zone
  }

  /// What an answer looks like: the outcome, then `owner TYPE value` for each record.
  func ask(_ owner: String, _ type: ResourceType) -> [String] {
    let answer = answer(name(owner), type)
    return ["\(answer.outcome)"] + answer.records.map(describe)
  }
}

func describe(_ record: ResourceRecord) -> String {
  let value =
    switch record.data {
    case .address(let address): address.description
    case .cname(let target): target.text
    case .ns(let target): target.text
    case .soa(let soa): "serial \(soa.serial)"
    case .txt(let strings): String(decoding: strings.joined(), as: UTF8.self)
    default: "?"
    }
  return "\(record.name) \(record.type) \(value)"
}
