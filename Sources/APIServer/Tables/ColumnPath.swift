package import JSON

/// Where a column of a custom kind finds its text: as much of JSONPath as a CustomResourceDefinition's columns need,
/// steps `.name` and one filter for lists, `[?(@.name=="value")]`.
package struct ColumnPath: Hashable, Sendable, ExpressibleByStringLiteral {
  /// As a definition writes it.
  package let text: String
  private let steps: [Step]

  private enum Step: Hashable {
    case member(String)
    case element(member: String, value: String)
  }

  package init(stringLiteral text: String) {
    self.text = text
    var steps: [Step] = []
    var rest = text[...]
    while let dot = rest.first {
      if dot == "[", let end = rest.firstIndex(of: "]") {
        let parts = rest[..<end].split { "[]?()@.=\"".contains($0) }.map(String.init)
        if parts.count == 2 { steps.append(.element(member: parts[0], value: parts[1])) }
        rest = rest[rest.index(after: end)...]
      } else {
        rest.removeFirst()
        let name = rest.prefix { $0 != "." && $0 != "[" }
        steps.append(.member(String(name)))
        rest = rest.dropFirst(name.count)
      }
    }
    self.steps = steps
  }

  /// The value at the path; nil when there is none.
  package func value(in object: JSONValue) -> JSONValue? {
    steps.reduce(object) { value, step in
      switch step {
      case .member(let name): value?[name]
      case .element(let member, let wanted): value?.array?.first { $0[member]?.string == wanted }
      }
    }
  }
}
