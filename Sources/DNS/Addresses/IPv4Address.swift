/// An IPv4 address as the four bytes of an A record.
package struct IPv4Address: Hashable, Sendable {
  /// The first byte of the address is the highest.
  package let bits: UInt32

  package init(bits: UInt32) { self.bits = bits }

  /// Reads four decimal numbers without leading zeros; nil for anything else.
  package init?(_ text: some StringProtocol) {
    var bits: UInt32 = 0
    var fields = 0
    var value: UInt32?
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if value == 0 { return nil }
        let next = (value ?? 0) * 10 + UInt32(byte - UInt8(ascii: "0"))
        guard next <= 255 else { return nil }
        value = next
      case UInt8(ascii: "."):
        guard let field = value, fields < 3 else { return nil }
        bits = bits << 8 | field
        fields += 1
        value = nil
      default: return nil
      }
    }
    guard let field = value, fields == 3 else { return nil }
    self.bits = bits << 8 | field
  }
}

extension IPv4Address: CustomStringConvertible {
  package var description: String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }
}

extension IPv4Address: Comparable {
  package static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.bits < right.bits }
}
