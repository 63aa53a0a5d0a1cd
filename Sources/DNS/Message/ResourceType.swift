package import Federation

/// A record or query type as the number on the wire (RFC 1035 section 3.2.2, RFC 3597).
package struct ResourceType: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let a = ResourceType(rawValue: 1)
  package static let ns = ResourceType(rawValue: 2)
  package static let cname = ResourceType(rawValue: 5)
  package static let soa = ResourceType(rawValue: 6)
  package static let ptr = ResourceType(rawValue: 12)
  package static let mx = ResourceType(rawValue: 15)
  package static let txt = ResourceType(rawValue: 16)
  package static let aaaa = ResourceType(rawValue: 28)
  package static let srv = ResourceType(rawValue: 33)
  package static let opt = ResourceType(rawValue: 41)
  package static let tsig = ResourceType(rawValue: 250)
  package static let ixfr = ResourceType(rawValue: 251)
  package static let axfr = ResourceType(rawValue: 252)
  package static let any = ResourceType(rawValue: 255)

  /// The number of a type that zonetop publishes.
  package init(_ type: RecordType) {
    switch type {
    case .a: self = .a
    case .aaaa: self = .aaaa
    case .cname: self = .cname
    case .txt: self = .txt
    }
  }
}

extension RecordType {
  /// The type with the number on the wire; nil for types that zonetop neither publishes nor manages.
  package init?(_ type: ResourceType) {
    switch type {
    case .a: self = .a
    case .aaaa: self = .aaaa
    case .cname: self = .cname
    case .txt: self = .txt
    default: return nil
    }
  }
}

extension ResourceType: CustomStringConvertible {
  /// `A`, `TXT`, …; `TYPE65280` for types without a name here (RFC 3597 section 5).
  package var description: String {
    switch self {
    case .a: "A"
    case .ns: "NS"
    case .cname: "CNAME"
    case .soa: "SOA"
    case .ptr: "PTR"
    case .mx: "MX"
    case .txt: "TXT"
    case .aaaa: "AAAA"
    case .srv: "SRV"
    case .opt: "OPT"
    case .tsig: "TSIG"
    case .ixfr: "IXFR"
    case .axfr: "AXFR"
    case .any: "ANY"
    default: "TYPE\(rawValue)"
    }
  }
}
