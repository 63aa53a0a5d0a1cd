/// An IPv6 address as the sixteen bytes of an AAAA record.
package struct IPv6Address: Hashable, Sendable {
  /// The first eight bytes, the first of them highest.
  package let high: UInt64
  /// The last eight bytes.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads any form of RFC 4291 section 2.2, without a zone index; nil for anything else.
  package init?(_ text: some StringProtocol) {
    var head: [UInt16] = []
    var tail: [UInt16]?
    var rest = text[...]
    if rest.hasPrefix("::") {
      tail = []
      rest = rest.dropFirst(2)
    }
    while !rest.isEmpty {
      let field = rest.prefix { $0 != ":" }
      rest = rest[field.endIndex...]
      var groups: [UInt16] = []
      if rest.isEmpty, let last = IPv4Address(field) {
        groups = [UInt16(last.bits >> 16), UInt16(last.bits & 0xFFFF)]
      } else {
        guard !field.isEmpty, field.utf8.count <= 4, field.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
          let group = UInt16(field, radix: 16)
        else { return nil }
        groups = [group]
      }
      if tail == nil { head += groups } else { tail? += groups }
      guard head.count + (tail?.count ?? 0) <= 8 else { return nil }
      if rest.hasPrefix("::") {
        guard tail == nil else { return nil }
        tail = []
        rest = rest.dropFirst(2)
      } else if !rest.isEmpty {
        rest = rest.dropFirst()
        if rest.isEmpty { return nil }
      }
    }
    let missing = 8 - head.count - (tail?.count ?? 0)
    guard tail == nil ? missing == 0 : missing >= 1 else { return nil }
    let groups = head + [UInt16](repeating: 0, count: missing) + (tail ?? [])
    high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
    low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
  }

  private var groups: [UInt16] {
    (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64((3 - $0 % 4) * 16)) }
  }
}

extension IPv6Address: CustomStringConvertible {
  /// The one form that RFC 5952 allows.
  package var description: String {
    if high == 0, low >> 32 == 0xFFFF {
      return "::ffff:\(IPv4Address(bits: UInt32(truncatingIfNeeded: low)))"
    }
    let groups = groups
    var longest = 0..<0
    var start = 0
    for index in 0...8 where index == 8 || groups[index] != 0 {
      if index - start > max(longest.count, 1) { longest = start..<index }
      start = index + 1
    }
    func text(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !longest.isEmpty else { return text(groups[...]) }
    return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
  }
}

extension IPv6Address: Comparable {
  package static func < (left: IPv6Address, right: IPv6Address) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}
