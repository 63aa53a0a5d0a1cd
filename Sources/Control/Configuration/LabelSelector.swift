/// A label selector in the form that `kubectl -l` takes: `app=nginx,tier!=db,env in (a, b),!legacy`.
///
/// Follows <https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors>.
package struct LabelSelector: Sendable, Hashable {
  /// All must hold.
  package private(set) var requirements: [Requirement]

  package enum Requirement: Sendable, Hashable {
    case isOneOf(String, Set<String>)
    case isNoneOf(String, Set<String>)
    case exists(String)
    case isAbsent(String)
  }

  /// Reads a selector.
  ///
  /// - Throws: ``SelectorError`` with the part that is not understood.
  package init(_ text: String) throws(SelectorError) {
    requirements = []
    for part in Self.parts(of: text) {
      requirements.append(try Self.requirement(part))
    }
  }

  /// Whether an object with these labels is selected. As in Kubernetes, `!=` and `notin` hold where the label is absent.
  package func matches(_ labels: [String: String]) -> Bool {
    requirements.allSatisfy { requirement in
      switch requirement {
      case .isOneOf(let key, let values): labels[key].map(values.contains) ?? false
      case .isNoneOf(let key, let values): labels[key].map { !values.contains($0) } ?? true
      case .exists(let key): labels[key] != nil
      case .isAbsent(let key): labels[key] == nil
      }
    }
  }

  /// Splits at the commas that are not within parentheses.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 {
        parts.append(trimmed(current[...]))
        current = ""
      } else {
        current.append(character)
      }
    }
    parts.append(trimmed(current[...]))
    return parts.count == 1 && parts[0].isEmpty ? [] : parts
  }

  private static func requirement(_ part: String) throws(SelectorError) -> Requirement {
    if let open = part.firstIndex(of: "("), part.last == ")" {
      let words = part[..<open].split(separator: " ")
      let list = part[part.index(after: open)...].dropLast().split(separator: ",")
      let values = Set(list.map { trimmed($0) })
      guard words.count == 2, isKey(words[0]) else { throw SelectorError(part: part) }
      switch words[1] {
      case "in": return .isOneOf(String(words[0]), values)
      case "notin": return .isNoneOf(String(words[0]), values)
      default: throw SelectorError(part: part)
      }
    }
    if part.first == "!" {
      guard isKey(part.dropFirst()) else { throw SelectorError(part: part) }
      return .isAbsent(trimmed(part.dropFirst()))
    }
    guard let equals = part.firstIndex(of: "=") else {
      guard isKey(part[...]) else { throw SelectorError(part: part) }
      return .exists(part)
    }
    var key = part[..<equals]
    var value = part[part.index(after: equals)...]
    let negated = key.last == "!"
    if negated { key = key.dropLast() }
    if value.first == "=" { value = value.dropFirst() }
    let name = trimmed(key)
    guard isKey(name[...]) else { throw SelectorError(part: part) }
    return negated ? .isNoneOf(name, [trimmed(value)]) : .isOneOf(name, [trimmed(value)])
  }

  private static func isKey(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." || $0 == "/")
      }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}

/// A part of a label selector that is not understood.
package struct SelectorError: Error, Sendable, Hashable, CustomStringConvertible {
  package var part: String

  package var description: String {
    "label selector: \"\(part)\" is not understood; write key=value, key!=value, key in (a, b), key notin (a, b), key or !key"
  }
}
