import Federation

extension TransactionSignature {
  /// The whole TSIG record, its names uncompressed and in lower case (RFC 8945 section 4.2).
  var record: [UInt8] {
    let algorithm = uncompressed(self.algorithm)
    var bytes = uncompressed(keyName)
    bytes.append(ResourceType.tsig.rawValue)
    bytes.append(ResourceClass.any.rawValue)
    bytes.append(UInt32(0))
    bytes.append(UInt16(truncatingIfNeeded: algorithm.count + 16 + code.count + other.count))
    bytes += algorithm
    bytes += timers
    bytes.append(UInt16(truncatingIfNeeded: code.count))
    bytes += code
    bytes.append(originalID)
    bytes.append(error.rawValue)
    bytes.append(UInt16(truncatingIfNeeded: other.count))
    bytes += other
    return bytes
  }

  /// What is hashed besides the message (RFC 8945 section 4.3.3).
  var variables: [UInt8] {
    var bytes = uncompressed(keyName)
    bytes.append(ResourceClass.any.rawValue)
    bytes.append(UInt32(0))
    bytes += uncompressed(algorithm)
    bytes += timers
    bytes.append(error.rawValue)
    bytes.append(UInt16(truncatingIfNeeded: other.count))
    bytes += other
    return bytes
  }

  /// What is hashed besides the messages of a stream after its first (RFC 8945 section 5.3.1).
  var timers: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(UInt16(truncatingIfNeeded: time >> 32))
    bytes.append(UInt32(truncatingIfNeeded: time))
    bytes.append(fudge)
    return bytes
  }

  private func uncompressed(_ name: DomainName) -> [UInt8] {
    name.wireLabels.flatMap { [UInt8(truncatingIfNeeded: $0.count)] + $0 } + [0]
  }
}

extension [UInt8] {
  /// Appends a number in network order.
  mutating func append<Value: FixedWidthInteger>(_ value: Value) {
    for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: value >> Value(shift)))
    }
  }
}
