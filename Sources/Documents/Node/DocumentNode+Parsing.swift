import Yams

extension DocumentNode {
  /// What a document may measure. Beyond it the document is refused, whatever it says.
  private enum Limit {
    static let bytes = 32 << 20
    static let depth = 100
    static let nodes = 4_000_000
    /// Aliases multiply what they stand for; sixteen small ones cannot add up to anything large.
    static let aliases = 16
    static let bytesWithAliases = 256 << 10
  }

  /// Reads the one document that `text` holds: YAML 1.1 as libyaml reads it, which includes JSON.
  ///
  /// Duplicate keys, keys that are no text, several documents, more than 16 aliases, nesting deeper than 100 and texts
  /// larger than 32 MiB are errors. An empty text is a node that is null.
  ///
  /// - Parameter name: what errors call the document, usually its path.
  package static func parse(_ text: String, name: String) throws(DocumentError) -> DocumentNode {
    let start = DocumentPosition(line: 1, column: 1)
    guard text.utf8.count <= Limit.bytes else {
      throw DocumentError(name: name, position: start, message: "the document is larger than 32 MiB: split it")
    }
    let aliases = aliasCount(text)
    guard aliases == 0 || aliases <= Limit.aliases && text.utf8.count <= Limit.bytesWithAliases else {
      throw DocumentError(
        name: name, position: start, message: "the document uses more than 16 aliases (*name): write the values out")
    }
    let root: Node?
    do { root = try Yams.compose(yaml: text) } catch { throw DocumentError(error, name: name) }
    guard let root else {
      return DocumentNode(name: name, position: start, content: .scalar("", isPlain: true))
    }
    var budget = Limit.nodes
    return try convert(root, name: name, above: start, depth: 0, budget: &budget)
  }

  private static func convert(
    _ node: Node, name: String, above: DocumentPosition, depth: Int, budget: inout Int
  ) throws(DocumentError) -> DocumentNode {
    let position = node.mark.map { DocumentPosition(line: $0.line, column: $0.column) } ?? above
    budget -= 1
    guard depth <= Limit.depth, budget > 0 else {
      throw DocumentError(
        name: name, position: position, message: "the document is nested too deeply or too large: make it plainer")
    }
    let content: Content
    switch node {
    case .scalar(let scalar): content = .scalar(scalar.string, isPlain: scalar.style == .plain)
    case .sequence(let sequence):
      var elements: [DocumentNode] = []
      elements.reserveCapacity(sequence.count)
      for element in sequence {
        elements.append(try convert(element, name: name, above: position, depth: depth + 1, budget: &budget))
      }
      content = .sequence(elements)
    case .mapping(let mapping):
      var entries: [Entry] = []
      entries.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        let place = key.mark.map { DocumentPosition(line: $0.line, column: $0.column) } ?? position
        guard case .scalar(let scalar) = key else {
          throw DocumentError(name: name, position: place, message: "a key must be a text: write it as one word")
        }
        let converted = try convert(value, name: name, above: place, depth: depth + 1, budget: &budget)
        entries.append(Entry(key: scalar.string, position: place, value: converted))
      }
      content = .mapping(entries)
    case .alias:
      throw DocumentError(name: name, position: position, message: "an alias names no anchor: write the value out")
    }
    return DocumentNode(name: name, position: position, content: content)
  }

  /// At most how many aliases the text holds: each `*` that a name follows where a value may begin.
  ///
  /// Counted before parsing, because a parser that compares keys already expands them.
  private static func aliasCount(_ text: String) -> Int {
    var count = 0
    var opensValue = true
    var previousWasStar = false
    for byte in text.utf8 {
      if previousWasStar, !" \t\r\n,[]{}".utf8.contains(byte) { count += 1 }
      previousWasStar = byte == UInt8(ascii: "*") && opensValue
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"),
        UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","):
        opensValue = true
      default: opensValue = false
      }
    }
    return count
  }
}

extension DocumentError {
  /// The same error in one line, whatever the parser found.
  fileprivate init(_ error: any Error, name: String) {
    var position = DocumentPosition(line: 1, column: 1)
    var message = "the document cannot be read as YAML or JSON"
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      position = DocumentPosition(line: mark.line, column: mark.column)
      message = "this is neither YAML nor JSON (\(problem)): mend it here or just before"
    case .duplicatedKeysInMapping(let keys, let context):
      position = DocumentPosition(line: context.mark.line, column: context.mark.column)
      message = "\(quoted(keys.first ?? "")) is given more than once: keep one of them"
    case .reader(let problem, let offset, _, let yaml):
      let before = yaml.prefix(offset ?? 0)
      let line = before.split(separator: "\n", omittingEmptySubsequences: false)
      position = DocumentPosition(line: max(1, line.count), column: (line.last?.count ?? 0) + 1)
      message = "a character cannot stand in YAML (\(problem)): remove it"
    default: break
    }
    self.init(name: name, position: position, message: message)
  }
}

/// A key in quotes for a message: cut, and without anything that could move a cursor.
func quoted(_ text: String) -> String {
  var cleaned = ""
  for scalar in text.unicodeScalars.prefix(64) {
    let isPlain = scalar.properties.generalCategory != .control && !scalar.properties.isDefaultIgnorableCodePoint
    cleaned.unicodeScalars.append(isPlain && !scalar.properties.isBidiControl ? scalar : "\u{FFFD}")
  }
  return "\"\(cleaned)\""
}
