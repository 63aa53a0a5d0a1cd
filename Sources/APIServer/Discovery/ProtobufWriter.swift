/// Writes Protocol Buffers: fields with their numbers, one after the other.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ number: Int, _ text: String) { write(number, Array(text.utf8)) }

  /// Texts, bytes and messages: all have their length first.
  mutating func write(_ number: Int, _ content: [UInt8]) {
    varint(UInt64(number << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  mutating func message(_ number: Int, _ body: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    body(&inner)
    write(number, inner.bytes)
  }

  mutating func write(_ number: Int, _ value: Int64) {
    varint(UInt64(number << 3))
    varint(UInt64(bitPattern: value))
  }

  mutating func write(_ number: Int, _ value: Double) {
    varint(UInt64(number << 3 | 1))
    for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift)) }
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
