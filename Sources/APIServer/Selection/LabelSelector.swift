/// A label selector such as `app=nginx,tier in (web,api),!canary`: all its requirements must hold.
package struct LabelSelector: Hashable, Sendable {
  package var requirements: [Requirement]

  package enum Requirement: Hashable, Sendable {
    case isIn(key: String, values: Set<String>)
    case isNotIn(key: String, values: Set<String>)
    case exists(key: String)
    case isAbsent(key: String)
  }

  /// The selector that selects everything.
  package static let everything = LabelSelector(requirements: [])

  package init(requirements: [Requirement]) { self.requirements = requirements }

  /// Selects objects that carry all of these labels, as a Service's `spec.selector` does.
  package init(matching labels: [String: String]) {
    requirements = labels.sorted { $0.key < $1.key }.map { .isIn(key: $0.key, values: [$0.value]) }
  }

  /// A label that everything selected bears; nil when the selector names none.
  var pinned: (key: String, value: String)? {
    for case .isIn(let key, let values) in requirements {
      if values.count == 1, let value = values.first { return (key, value) }
    }
    return nil
  }

  /// Reads the query parameter `labelSelector`.
  package init(_ text: String) throws(APIError) {
    requirements = []
    for part in Self.split(text) {
      requirements.append(try Self.requirement(part))
    }
  }

  package func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .isIn(let key, let values): labels[key].map(values.contains) ?? false
      case .isNotIn(let key, let values): labels[key].map { !values.contains($0) } ?? true
      case .exists(let key): labels[key] != nil
      case .isAbsent(let key): labels[key] == nil
      }
    }
  }

  /// The comma-separated parts; commas between parentheses separate values, not parts.
  private static func split(_ text: String) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var start = text.startIndex
    for index in text.indices {
      switch text[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case "," where depth == 0:
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    parts.append(text[start...])
    return parts.filter { !$0.allSatisfy(\.isWhitespace) }
  }

  private static func requirement(_ part: Substring) throws(APIError) -> Requirement {
    let text = part.trimmed
    if text.hasSuffix(")"), let open = text.firstIndex(of: "(") {
      let words = text[..<open].split(separator: " ")
      let values = Set(text[text.index(after: open)...].dropLast().split(separator: ",").map { String($0.trimmed) })
      if words.count == 2, isLabelKey(words[0]) {
        if words[1] == "in" { return .isIn(key: String(words[0]), values: values) }
        if words[1] == "notin" { return .isNotIn(key: String(words[0]), values: values) }
      }
    } else if let equals = text.firstIndex(of: "=") {
      let isNegated = text[..<equals].hasSuffix("!")
      let key = (isNegated ? text[..<equals].dropLast() : text[..<equals]).trimmed
      let rest = text[text.index(after: equals)...]
      let value = (rest.hasPrefix("=") ? rest.dropFirst() : rest).trimmed
      if isLabelKey(key), !value.contains(where: { "=!() ".contains($0) }) {
        let values: Set = [String(value)]
        return isNegated ? .isNotIn(key: String(key), values: values) : .isIn(key: String(key), values: values)
      }
    } else if text.hasPrefix("!"), isLabelKey(text.dropFirst().trimmed) {
      return .isAbsent(key: String(text.dropFirst().trimmed))
    } else if isLabelKey(text) {
      return .exists(key: String(text))
    }
    throw .badRequest("unable to parse requirement: \"\(text)\" is no label selector requirement")
  }

  private static func isLabelKey(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_./".contains($0)) }
  }
}

extension Substring {
  /// Without the white space at both ends.
  var trimmed: Substring {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
