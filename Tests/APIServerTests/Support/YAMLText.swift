import JSON

/// A JSON value as YAML in block style, keys sorted: as much as definitions need.
enum YAMLText {
  static func text(_ value: JSONValue) -> String { lines(value).joined(separator: "\n") + "\n" }

  private static func lines(_ value: JSONValue) -> [String] {
    switch value {
    case .object(let members) where !members.isEmpty:
      members.sorted { $0.key < $1.key }.flatMap { key, value in
        isInline(value) ? ["\(key): \(scalar(value))"] : ["\(key):"] + indented(lines(value), under: value)
      }
    case .array(let elements) where !elements.isEmpty:
      elements.flatMap { element in
        let inner = lines(element)
        return ["- " + inner[0]] + inner.dropFirst().map { "  " + $0 }
      }
    default: [scalar(value)]
    }
  }

  /// Lists stand as far out as their key.
  private static func indented(_ lines: [String], under value: JSONValue) -> [String] {
    value.array == nil ? lines.map { "  " + $0 } : lines
  }

  private static func isInline(_ value: JSONValue) -> Bool {
    switch value {
    case .object(let members): members.isEmpty
    case .array(let elements): elements.allSatisfy { $0.object == nil && $0.array == nil }
    default: true
    }
  }

  private static func scalar(_ value: JSONValue) -> String {
    if let elements = value.array { return "[\(elements.map(scalar).joined(separator: ", "))]" }
    guard let text = value.string else { return value.text() }
    let isPlain =
      !text.isEmpty && !["true", "false", "True", "False", "null", "yes", "no"].contains(text)
      && text.allSatisfy { $0.isLetter || $0.isNumber || "./-_ ".contains($0) } && text.first?.isLetter == true
      && text.last != " "
    return isPlain ? text : "'\(text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''"))'"
  }
}
