/// What a message asks for (RFC 1035 section 4.1.1, RFC 1996, RFC 2136).
package struct Opcode: RawRepresentable, Hashable, Sendable {
  /// Four bits on the wire.
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue & 0x0F }

  package static let query = Opcode(rawValue: 0)
  package static let notify = Opcode(rawValue: 4)
  package static let update = Opcode(rawValue: 5)
}

extension Opcode: CustomStringConvertible {
  package var description: String {
    switch self {
    case .query: "QUERY"
    case .notify: "NOTIFY"
    case .update: "UPDATE"
    default: "OPCODE\(rawValue)"
    }
  }
}
