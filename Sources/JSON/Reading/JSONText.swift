import Glibc

/// The bytes of a JSON string as they stand in the input, between its quotes, escapes not yet resolved.
///
/// Valid only as long as the buffer that its ``JSONReader`` reads: compare it or take its ``string`` at once, never
/// keep it.
package struct JSONText {
  @usableFromInline let start: UnsafePointer<UInt8>
  package let count: Int
  package let hasEscapes: Bool

  @inlinable
  init(start: UnsafePointer<UInt8>, count: Int, hasEscapes: Bool) {
    self.start = start
    self.count = count
    self.hasEscapes = hasEscapes
  }

  /// The raw bytes; they are the text itself unless ``hasEscapes``.
  @inlinable
  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

  /// Whether the text is `literal`, without making a string unless there are escapes.
  @inlinable
  package static func == (text: JSONText, literal: StaticString) -> Bool {
    guard !text.hasEscapes else { return text.string == literal.description }
    guard text.count == literal.utf8CodeUnitCount, literal.hasPointerRepresentation else { return false }
    return memcmp(text.start, literal.utf8Start, text.count) == 0
  }

  /// Lets a `switch` over a key name its cases as literals.
  @inlinable
  package static func ~= (literal: StaticString, text: JSONText) -> Bool { text == literal }

  /// Whether the text starts with `literal`; a text with escapes is decoded first.
  @inlinable
  package func hasPrefix(_ literal: StaticString) -> Bool {
    guard !hasEscapes else { return string.hasPrefix(literal.description) }
    guard count >= literal.utf8CodeUnitCount, literal.hasPointerRepresentation else { return false }
    return memcmp(start, literal.utf8Start, literal.utf8CodeUnitCount) == 0
  }

  /// The text with its escapes resolved; lone surrogates and bytes that are not UTF-8 become U+FFFD.
  package var string: String {
    guard hasEscapes else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: unescaped, as: UTF8.self)
  }

  /// The text's UTF-8 with its escapes resolved.
  private var unescaped: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(count)
    var index = 0
    while index < count {
      let byte = start[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < count else {
        output.append(byte)
        index += 1
        continue
      }
      let escape = start[index + 1]
      index += 2
      guard escape == UInt8(ascii: "u") else {
        output.append(JSONText.character(of: escape))
        continue
      }
      let scalar = scalar(at: &index)
      output.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
    }
    return output
  }

  /// The scalar whose hexadecimal digits start at `index`, together with the low surrogate that may follow.
  private func scalar(at index: inout Int) -> Unicode.Scalar {
    let replacement: Unicode.Scalar = "\u{FFFD}"
    guard let unit = unit(at: index) else { return replacement }
    index += 4
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(UInt16(unit)), index + 1 < count, start[index] == UInt8(ascii: "\\"),
      start[index + 1] == UInt8(ascii: "u"), let low = self.unit(at: index + 2),
      UTF16.isTrailSurrogate(UInt16(low))
    else { return replacement }
    index += 6
    return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)) ?? replacement
  }

  private func unit(at index: Int) -> UInt32? {
    guard index + 4 <= count else { return nil }
    var unit: UInt32 = 0
    for offset in index..<index + 4 {
      guard let digit = JSONText.hexadecimalValue(of: start[offset]) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  static func hexadecimalValue(of byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  private static func character(of escape: UInt8) -> UInt8 {
    switch escape {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: escape
    }
  }
}
