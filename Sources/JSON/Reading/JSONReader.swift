/// A pull reader over the bytes of one JSON text (RFC 8259): the caller asks for what it expects and skips the rest.
///
/// Nothing is allocated but the strings that the caller asks for. Every step is bounds-checked and throws a
/// ``JSONError`` with its offset; no input traps. A container is read as
///
/// ```swift
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///   switch key {
///   case "name": name = try reader.string()
///   default: try reader.skipValue()
///   }
/// }
/// ```
///
/// After `nextKey()` or a true `nextElement()` exactly one value must be read or skipped. The reader must not outlive
/// the buffer it was made from. Own code since `JSONDecoder` reads lists about ten times slower (see `make bench`).
package struct JSONReader {
  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let end: Int
  @usableFromInline var position = 0
  @usableFromInline var depth = 0
  /// True between the start of a container and its first element.
  @usableFromInline var isAtFirst = false
  package let maximumDepth: Int

  /// The deepest that containers may ever nest.
  package static let deepest = 64

  /// Makes a reader at the start of `bytes`, which must stay alive and unchanged while it reads.
  ///
  /// - Parameter maximumDepth: How deep containers may nest, at most ``deepest``.
  @inlinable
  package init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = JSONReader.deepest) {
    base = bytes.baseAddress ?? JSONReader.nowhere
    end = bytes.count
    self.maximumDepth = min(maximumDepth, JSONReader.deepest)
  }

  /// What an empty buffer without an address starts at; never read, since its count is zero.
  @usableFromInline static var nowhere: UnsafePointer<UInt8> { ("" as StaticString).utf8Start }

  /// The offset in bytes of what is read next.
  @inlinable package var offset: Int { position }

  /// What kind of value comes next.
  package enum Kind: Hashable, Sendable {
    case object, array, string, number, bool, null
  }

  /// Looks at the next value without reading it.
  @inlinable
  package mutating func peek() throws(JSONError) -> Kind {
    switch try nextByte() {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    case let byte: throw JSONError(.unexpectedByte(byte), offset: position)
    }
  }

  /// Enters an object.
  @inlinable
  package mutating func beginObject() throws(JSONError) {
    try begin(UInt8(ascii: "{"), .object)
  }

  /// Enters an array.
  @inlinable
  package mutating func beginArray() throws(JSONError) {
    try begin(UInt8(ascii: "["), .array)
  }

  @inlinable
  mutating func begin(_ bracket: UInt8, _ expectation: JSONError.Expectation) throws(JSONError) {
    guard try nextByte() == bracket else { throw JSONError(.expected(expectation), offset: position) }
    guard depth < maximumDepth else { throw JSONError(.tooDeep(limit: maximumDepth), offset: position) }
    position += 1
    depth += 1
    isAtFirst = true
  }

  /// Reads the next key and its colon, or leaves the object and returns nil.
  @inlinable
  package mutating func nextKey() throws(JSONError) -> JSONText? {
    guard try advance(to: UInt8(ascii: "}")) else { return nil }
    guard try nextByte() == UInt8(ascii: "\"") else { throw JSONError(.expected(.key), offset: position) }
    let key = try text()
    guard try nextByte() == UInt8(ascii: ":") else { throw JSONError(.expected(.colon), offset: position) }
    position += 1
    return key
  }

  /// Says whether another element follows in the array; leaves the array when none does.
  @inlinable
  package mutating func nextElement() throws(JSONError) -> Bool {
    try advance(to: UInt8(ascii: "]"))
  }

  /// Passes the comma before the next element, or leaves the container at `bracket` and returns false.
  @inlinable
  mutating func advance(to bracket: UInt8) throws(JSONError) -> Bool {
    let byte = try nextByte()
    if byte == bracket {
      position += 1
      depth -= 1
      isAtFirst = false
      return false
    }
    if isAtFirst {
      isAtFirst = false
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw JSONError(.expected(.comma), offset: position) }
    position += 1
    return true
  }

  /// Reads past a null when one comes next, and says whether it did.
  @inlinable
  package mutating func skipNull() throws(JSONError) -> Bool {
    guard try nextByte() == UInt8(ascii: "n") else { return false }
    try literal("null")
    return true
  }

  /// Reads `true` or `false`.
  @inlinable
  package mutating func bool() throws(JSONError) -> Bool {
    switch try nextByte() {
    case UInt8(ascii: "t"):
      try literal("true")
      return true
    case UInt8(ascii: "f"):
      try literal("false")
      return false
    default: throw JSONError(.expected(.bool), offset: position)
    }
  }

  /// Checks that only white space is left.
  package mutating func finish() throws(JSONError) {
    skipWhiteSpace()
    guard position == end else { throw JSONError(.trailingText, offset: position) }
  }

  @inlinable
  mutating func literal(_ word: StaticString) throws(JSONError) {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < end else { throw JSONError(.unexpectedEnd, offset: end) }
      guard base[position] == word.utf8Start[index] else {
        throw JSONError(.unexpectedByte(base[position]), offset: position)
      }
      position += 1
    }
  }

  /// The next byte that is not white space, not yet consumed.
  @inlinable @inline(__always)
  mutating func nextByte() throws(JSONError) -> UInt8 {
    while position < end {
      let byte = base[position]
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        throw JSONError(.unexpectedByte(byte), offset: position)
      }
      position += 1
    }
    throw JSONError(.unexpectedEnd, offset: end)
  }

  @inlinable
  mutating func skipWhiteSpace() {
    while position < end {
      switch base[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }
}
