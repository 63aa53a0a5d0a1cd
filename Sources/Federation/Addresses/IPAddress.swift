/// An IPv4 or IPv6 address as a value.
///
/// IPv4 orders before IPv6, each by its bytes.
package enum IPAddress: Hashable, Sendable {
  case v4(UInt32)
  /// The upper and the lower 64 bits.
  case v6(UInt64, UInt64)
}

extension IPAddress {
  /// Takes 4 or 16 bytes in network order; nil for any other count.
  package init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self = .v4(bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case 16:
      self = .v6(
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }, bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
    default: return nil
    }
  }

  /// The address in network order: 4 or 16 bytes.
  package var bytes: [UInt8] {
    switch self {
    case .v4(let value): (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
    case .v6(let high, let low):
      [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) } }
    }
  }

  package var isV4: Bool { if case .v4 = self { true } else { false } }

  /// The record type that holds this address.
  package var recordType: RecordType { isV4 ? .a : .aaaa }
}

extension IPAddress: Comparable {
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    switch (left, right) {
    case (.v4(let one), .v4(let other)): one < other
    case (.v4, .v6): true
    case (.v6, .v4): false
    case (.v6(let high, let low), .v6(let otherHigh, let otherLow)): (high, low) < (otherHigh, otherLow)
    }
  }
}
