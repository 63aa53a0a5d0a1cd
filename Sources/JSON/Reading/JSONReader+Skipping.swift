extension JSONReader {
  /// Reads past one value of any kind.
  ///
  /// Inside a skipped container only strings and the balance of brackets are checked, not commas, colons or numbers:
  /// what nobody reads need not be valid, but a truncated text never passes.
  @inlinable
  package mutating func skipValue() throws(JSONError) {
    switch try nextByte() {
    case UInt8(ascii: "\""): _ = try text()
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer()
    case UInt8(ascii: "t"): try literal("true")
    case UInt8(ascii: "f"): try literal("false")
    case UInt8(ascii: "n"): try literal("null")
    default: _ = try number()
    }
  }

  @usableFromInline
  mutating func skipContainer() throws(JSONError) {
    // One bit a level, the innermost lowest: set for an object. `deepest` levels fit exactly.
    var kinds: UInt64 = 0
    var open = 0
    repeat {
      guard position < end else { throw JSONError(.unexpectedEnd, offset: end) }
      let byte = base[position]
      switch byte {
      case UInt8(ascii: "\""):
        _ = try text()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard depth + open < maximumDepth else { throw JSONError(.tooDeep(limit: maximumDepth), offset: position) }
        kinds = kinds << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        open += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard (kinds & 1 == 1) == (byte == UInt8(ascii: "}")) else {
          throw JSONError(.unexpectedByte(byte), offset: position)
        }
        kinds >>= 1
        open -= 1
      default: break
      }
      position += 1
    } while open > 0
    isAtFirst = false
  }
}
