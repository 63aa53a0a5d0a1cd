/// Why a text is not the JSON that was expected, and where.
package struct JSONError: Error, Hashable, Sendable {
  package var reason: Reason
  /// Offset in bytes from the start of the input.
  package var offset: Int

  package enum Reason: Hashable, Sendable {
    case unexpectedEnd
    case unexpectedByte(UInt8)
    case expected(Expectation)
    case badEscape
    case controlCharacterInString
    case badNumber
    /// The number does not fit: an integer in 64 bits, a fraction in a finite double.
    case numberOutOfRange
    case tooDeep(limit: Int)
    case trailingText
  }

  package enum Expectation: String, Hashable, Sendable {
    case object = "an object"
    case array = "an array"
    case string = "a string"
    case integer = "an integer"
    case bool = "true or false"
    case colon = "a colon after the key"
    case comma = "a comma or the end"
    case key = "a key in quotes"
  }

  package init(_ reason: Reason, offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension JSONError: CustomStringConvertible {
  /// One line without the input's own text, so that no secret can leak through it.
  package var description: String { "not the expected JSON at byte \(offset): \(reason)" }
}

extension JSONError.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unexpectedEnd: "the text ends too early"
    case .unexpectedByte(let byte): "the byte 0x\(String(byte, radix: 16)) cannot stand here"
    case .expected(let expectation): "expected \(expectation.rawValue)"
    case .badEscape: "unknown escape in a string"
    case .controlCharacterInString: "control character in a string"
    case .badNumber: "malformed number"
    case .numberOutOfRange: "number out of range"
    case .tooDeep(let limit): "nested deeper than \(limit) levels"
    case .trailingText: "text after the value"
    }
  }
}
