/// Reads Protocol Buffers: the fields of one message, one after the other.
struct ProtobufReader {
  private var rest: ArraySlice<UInt8>

  enum Content {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  struct Malformed: Error {}

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field; nil at the end. Throws when the message ends within one.
  mutating func next() throws(Malformed) -> (number: Int, content: Content)? {
    guard !rest.isEmpty else { return nil }
    let key = try varint()
    let number = Int(truncatingIfNeeded: key >> 3)
    switch key & 7 {
    case 0: return (number, .number(try varint()))
    case 1: return (number, .bytes(try take(8)))
    case 2: return (number, .bytes(try take(try varint())))
    case 5: return (number, .bytes(try take(4)))
    default: throw Malformed()
    }
  }

  private mutating func take(_ count: UInt64) throws(Malformed) -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else { throw Malformed() }
    defer { rest = rest.dropFirst(Int(count)) }
    return rest.prefix(Int(count))
  }

  private mutating func varint() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }
}
