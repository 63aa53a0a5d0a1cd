/// A class as the number on the wire: the Internet, or one of the two words that RFC 2136 made of classes.
package struct ResourceClass: RawRepresentable, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let internet = ResourceClass(rawValue: 1)
  /// In an update: "delete this record" or, as a prerequisite, "does not exist" (RFC 2136 section 1.3).
  package static let none = ResourceClass(rawValue: 254)
  /// In an update: "delete this record set" or, as a prerequisite, "exists".
  package static let any = ResourceClass(rawValue: 255)
}

extension ResourceClass: CustomStringConvertible {
  package var description: String {
    switch self {
    case .internet: "IN"
    case .none: "NONE"
    case .any: "ANY"
    default: "CLASS\(rawValue)"
    }
  }
}
