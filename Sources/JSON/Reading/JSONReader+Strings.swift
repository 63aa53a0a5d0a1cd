extension JSONReader {
  /// Reads a string, its escapes resolved.
  @inlinable
  package mutating func string() throws(JSONError) -> String {
    try text().string
  }

  /// Reads a string without making one: to compare it, or to intern it. Its escapes are checked here.
  @inlinable
  package mutating func text() throws(JSONError) -> JSONText {
    guard try nextByte() == UInt8(ascii: "\"") else { throw JSONError(.expected(.string), offset: position) }
    let start = position + 1
    var hasEscapes = false
    var index = start
    while true {
      index = plainEnd(from: index)
      guard index < end else { throw JSONError(.unexpectedEnd, offset: end) }
      switch base[index] {
      case UInt8(ascii: "\""):
        position = index + 1
        return JSONText(start: base + start, count: index - start, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        index = try escapeEnd(from: index)
      default: throw JSONError(.controlCharacterInString, offset: index)
      }
    }
  }

  /// The index of the first quote, backslash or control character from `index` on, eight bytes at a time.
  @inlinable @inline(__always)
  func plainEnd(from index: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = index
    while end - index >= 8 {
      let word = UInt64(littleEndian: UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let slashes = word ^ (ones &* 0x5C)
      // Each term marks the high bit of a byte that is zero, or below 0x20; the lowest mark is always exact.
      let marks =
        ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & highs
      if marks != 0 { return index + marks.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end {
      let byte = base[index]
      if byte == 0x22 || byte == 0x5C || byte < 0x20 { return index }
      index += 1
    }
    return index
  }

  /// The index after the escape that starts at `index`.
  @usableFromInline
  func escapeEnd(from index: Int) throws(JSONError) -> Int {
    guard index + 1 < end else { throw JSONError(.unexpectedEnd, offset: end) }
    switch base[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return index + 2
    case UInt8(ascii: "u"):
      guard index + 6 <= end else { throw JSONError(.unexpectedEnd, offset: end) }
      for digit in index + 2..<index + 6 where JSONText.hexadecimalValue(of: base[digit]) == nil {
        throw JSONError(.badEscape, offset: index)
      }
      return index + 6
    default: throw JSONError(.badEscape, offset: index)
    }
  }
}
