extension JSONValue {
  /// How the text is laid out.
  package enum Layout: Hashable, Sendable {
    /// One line without spaces.
    case compact
    /// Two spaces a level, one member a line.
    case pretty
  }

  /// The value as JSON text in UTF-8: keys sorted, so that the same value always gives the same bytes.
  ///
  /// Infinite and undefined numbers, which JSON cannot write, become `null`.
  package func encoded(_ layout: Layout = .compact) -> [UInt8] {
    var output: [UInt8] = []
    write(to: &output, layout: layout, level: 0)
    return output
  }

  /// The value as ``encoded(_:)`` writes it.
  package func text(_ layout: Layout = .compact) -> String {
    String(decoding: encoded(layout), as: UTF8.self)
  }

  private func write(to output: inout [UInt8], layout: Layout, level: Int) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): output.append(contentsOf: String(value).utf8)
    case .number(let value): output.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
    case .string(let text): JSONValue.write(text, to: &output)
    case .array(let elements):
      JSONValue.writeContainer("[", "]", elements, to: &output, layout: layout, level: level) { element, output in
        element.write(to: &output, layout: layout, level: level + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      JSONValue.writeContainer("{", "}", sorted, to: &output, layout: layout, level: level) { member, output in
        JSONValue.write(member.key, to: &output)
        output.append(contentsOf: (layout == .pretty ? ": " : ":").utf8)
        member.value.write(to: &output, layout: layout, level: level + 1)
      }
    }
  }

  private static func writeContainer<Element>(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ elements: [Element], to output: inout [UInt8],
    layout: Layout, level: Int, _ writeElement: (Element, inout [UInt8]) -> Void
  ) {
    output.append(UInt8(ascii: opening))
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      newLine(to: &output, layout: layout, level: level + 1)
      writeElement(element, &output)
    }
    if !elements.isEmpty { newLine(to: &output, layout: layout, level: level) }
    output.append(UInt8(ascii: closing))
  }

  private static func newLine(to output: inout [UInt8], layout: Layout, level: Int) {
    guard layout == .pretty else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  /// Writes a string with the escapes that RFC 8259 section 7 demands, and no others.
  package static func write(_ text: String, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append(contentsOf: #"\""#.utf8)
      case UInt8(ascii: "\\"): output.append(contentsOf: #"\\"#.utf8)
      case 0x08: output.append(contentsOf: #"\b"#.utf8)
      case 0x09: output.append(contentsOf: #"\t"#.utf8)
      case 0x0A: output.append(contentsOf: #"\n"#.utf8)
      case 0x0C: output.append(contentsOf: #"\f"#.utf8)
      case 0x0D: output.append(contentsOf: #"\r"#.utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        output.append(contentsOf: (#"\u00"# + (digits.utf8.count < 2 ? "0" : "") + digits).utf8)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }
}
