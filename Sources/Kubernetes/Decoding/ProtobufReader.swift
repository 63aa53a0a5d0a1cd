/// A pull reader over one protobuf message: the caller walks its fields, takes what it knows and skips the rest.
///
/// Every step is bounds-checked and throws; no input traps. It allocates nothing and must not outlive its buffer.
/// Own code, since a general protobuf library would build whole messages out of what is thrown away here.
/// (Encoding: https://protobuf.dev/programming-guides/encoding/)
package struct ProtobufReader {
  private let base: UnsafePointer<UInt8>
  private var position: Int
  private let end: Int
  private var wireType: UInt8 = 0

  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    base = bytes.baseAddress ?? ("" as StaticString).utf8Start
    position = 0
    end = bytes.count
  }

  private init(base: UnsafePointer<UInt8>, position: Int, end: Int) {
    self.base = base
    self.position = position
    self.end = end
  }

  /// Where the reader stands, in bytes from the start of the outermost buffer.
  package var offset: Int { position }

  /// The number of the next field, whose value must then be read or skipped; nil at the end of the message.
  @inline(__always)
  package mutating func nextField() throws(ProtobufError) -> Int? {
    guard position < end else { return nil }
    let tag = try varint()
    wireType = UInt8(truncatingIfNeeded: tag & 7)
    guard tag >> 3 > 0, tag >> 3 <= 0x1FFF_FFFF else { throw ProtobufError(.badTag, offset: position) }
    return Int(truncatingIfNeeded: tag >> 3)
  }

  /// The value of a field of an integer or Boolean kind.
  package mutating func integer() throws(ProtobufError) -> UInt64 {
    guard wireType == 0 else { throw ProtobufError(.wrongWireType, offset: position) }
    return try varint()
  }

  package mutating func bool() throws(ProtobufError) -> Bool { try integer() != 0 }

  /// The value of a field of a string, bytes or message kind.
  @inline(__always)
  package mutating func bytes() throws(ProtobufError) -> ProtobufBytes {
    let length = try length()
    defer { position += length }
    return ProtobufBytes(bytes: UnsafeBufferPointer(start: base + position, count: length))
  }

  /// A reader for the message that is the field's value.
  @inline(__always)
  package mutating func message() throws(ProtobufError) -> ProtobufReader {
    let length = try length()
    defer { position += length }
    return ProtobufReader(base: base, position: position, end: position + length)
  }

  /// The key and value of one entry of a `map<string, string>`.
  package mutating func entry() throws(ProtobufError) -> (key: ProtobufBytes, value: ProtobufBytes) {
    var entry = try message()
    let nothing = ProtobufBytes(bytes: UnsafeBufferPointer(start: base + entry.position, count: 0))
    var key = nothing
    var value = nothing
    while let field = try entry.nextField() {
      switch field {
      case 1: key = try entry.bytes()
      case 2: value = try entry.bytes()
      default: try entry.skip()
      }
    }
    return (key, value)
  }

  /// Reads past the field's value.
  @inline(__always)
  package mutating func skip() throws(ProtobufError) {
    switch wireType {
    case 0: _ = try varint()
    case 1: try advance(8)
    case 2: position += try length()
    case 5: try advance(4)
    default: throw ProtobufError(.wrongWireType, offset: position)
    }
  }

  @inline(__always)
  private mutating func length() throws(ProtobufError) -> Int {
    guard wireType == 2 else { throw ProtobufError(.wrongWireType, offset: position) }
    let length = try varint()
    guard length <= UInt64(end - position) else { throw ProtobufError(.unexpectedEnd, offset: position) }
    return Int(truncatingIfNeeded: length)
  }

  private mutating func advance(_ count: Int) throws(ProtobufError) {
    guard end - position >= count else { throw ProtobufError(.unexpectedEnd, offset: position) }
    position += count
  }

  @inline(__always)
  private mutating func varint() throws(ProtobufError) -> UInt64 {
    guard position < end else { throw ProtobufError(.unexpectedEnd, offset: position) }
    let first = base[position]
    position += 1
    guard first >= 0x80 else { return UInt64(first) }
    return try longVarint(UInt64(first & 0x7F))
  }

  private mutating func longVarint(_ first: UInt64) throws(ProtobufError) -> UInt64 {
    var value = first
    var shift: UInt64 = 7
    while position < end {
      let byte = base[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      guard shift < 64 else { throw ProtobufError(.badVarint, offset: position) }
    }
    throw ProtobufError(.unexpectedEnd, offset: position)
  }
}

/// The value of a string field as it stands in the buffer; to be compared or copied at once.
package struct ProtobufBytes {
  package let bytes: UnsafeBufferPointer<UInt8>

  /// The text; bytes that are not UTF-8 become U+FFFD.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
