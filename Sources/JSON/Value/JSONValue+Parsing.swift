extension JSONValue {
  /// Reads one JSON text (RFC 8259), all of it.
  ///
  /// Of a key that is given twice the last value stays. Lone surrogates become U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: The text as UTF-8.
  ///   - maximumDepth: How deep containers may nest.
  /// - Throws: ``JSONError`` with the offset of what is wrong.
  package static func parse(
    _ bytes: some Collection<UInt8>, maximumDepth: Int = JSONReader.deepest
  ) throws(JSONError) -> JSONValue {
    try [UInt8](bytes).span.withUnsafeBufferPointer { buffer throws(JSONError) in
      var reader = JSONReader(buffer, maximumDepth: maximumDepth)
      let value = try reader.value()
      try reader.finish()
      return value
    }
  }

  /// Reads one JSON text, all of it.
  package static func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(text.utf8) }
}

extension JSONReader {
  /// Reads the next value, whatever it is.
  package mutating func value() throws(JSONError) -> JSONValue {
    switch try peek() {
    case .string: return .string(try string())
    case .bool: return .bool(try bool())
    case .null:
      _ = try skipNull()
      return .null
    case .number:
      switch try number() {
      case .integer(let value): return .integer(value)
      case .fraction(let value): return .number(value)
      }
    case .array:
      var elements: [JSONValue] = []
      try beginArray()
      while try nextElement() { elements.append(try value()) }
      return .array(elements)
    case .object:
      var members: [String: JSONValue] = [:]
      try beginObject()
      while let key = try nextKey() { members[key.string] = try value() }
      return .object(members)
    }
  }
}
