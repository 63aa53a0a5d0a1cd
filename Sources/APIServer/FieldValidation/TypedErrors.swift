import JSON

/// What keeps an applied configuration from being taken as an object of its kind, in the words of Kubernetes' apply.
struct TypedErrors {
  private(set) var messages: [String] = []

  init(of value: JSONValue, schema: Schema) { check(value, schema, at: "") }

  private mutating func check(_ value: JSONValue, _ schema: Schema, at path: String) {
    if value == .null { return }
    switch (schema.type, value) {
    case (.object(let members), .object(let given)):
      for (key, child) in given.sorted(by: { $0.key < $1.key }) {
        if let field = members[key] {
          check(child, field.schema, at: "\(path).\(key)")
        } else if !members.isOpen {
          note("field not declared in schema", at: "\(path).\(key)")
        }
      }
    case (.map(let element, _), .object(let given)):
      for (key, child) in given.sorted(by: { $0.key < $1.key }) { check(child, element, at: "\(path).\(key)") }
    case (.object, _), (.map, _): note("expected map, got &{\(value.goText)}", at: path)
    case (.list(let element, let type), .array(let given)): checkElements(given, of: schema, element, type, at: path)
    case (.list, _): note("expected list, got &{\(value.goText)}", at: path)
    case (.boolean, let other) where other.bool == nil: note("expected boolean, got &{\(value.goText)}", at: path)
    case (.string, let other) where other.string == nil:
      note("expected string, got &value.valueUnstructured{Value:\(value.goLiteral)}", at: path)
    case (.integer, let other) where other.integer == nil && !other.isFraction,
      (.number, let other) where other.integer == nil && !other.isFraction:
      note("expected numeric (int or float), got \(value.goTypeName)", at: path)
    case (.intOrString, let other) where other.object != nil || other.array != nil:
      note("expected any scalar, got &{\(value.goText)}", at: path)
    default: break
    }
  }

  private mutating func checkElements(
    _ elements: [JSONValue], of list: Schema, _ element: Schema, _ type: ListType, at path: String
  ) {
    var seen: Set<PathElement> = []
    for (index, child) in elements.enumerated() {
      guard type != .atomic else {
        check(child, element, at: "\(path)[\(index)]")
        continue
      }
      guard let step = list.step(to: child) else {
        note("element \(index): \(Self.why(child, element, type))", at: path)
        continue
      }
      if !seen.insert(step).inserted { note("duplicate entries for key \(step)", at: path) }
      check(child, element, at: "\(path)\(step)")
    }
  }

  /// Why an element cannot be told apart from the others.
  private static func why(_ child: JSONValue, _ element: Schema, _ type: ListType) -> String {
    guard case .map(let keys) = type else {
      if child.object != nil { return "associative list without keys has an element that's a map type" }
      if child.array != nil { return "not supported: associative list with lists as elements" }
      return "associative list without keys has an element that's an explicit null"
    }
    if child == .null { return "associative list with keys may not have a null element" }
    if child.object == nil { return "associative list with keys may not have non-map elements" }
    let missing = keys.first { child[$0] == nil && element.members?.keyDefault($0) == nil } ?? ""
    return "associative list with keys has an element that omits key field \"\(missing)\" "
      + "(and doesn't have default value)"
  }

  private mutating func note(_ message: String, at path: String) {
    messages.append(path.isEmpty ? message : "\(path): \(message)")
  }
}

extension JSONValue {
  /// The value as Go prints it (`%v`).
  fileprivate var goText: String {
    switch self {
    case .null: "<nil>"
    case .string(let text): text
    case .array(let elements): "[\(elements.map(\.goText).joined(separator: " "))]"
    case .object(let members):
      "map[\(members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.goText)" }.joined(separator: " "))]"
    default: text()
    }
  }

  /// The value as Go writes it in a program (`%#v`).
  fileprivate var goLiteral: String {
    switch self {
    case .null: "interface {}(nil)"
    case .array(let elements): "[]interface {}{\(elements.map(\.goLiteral).joined(separator: ", "))}"
    case .object(let members):
      "map[string]interface {}{"
        + members.sorted { $0.key < $1.key }.map { "\(JSONValue.string($0.key).text()):\($0.value.goLiteral)" }
        .joined(separator: ", ") + "}"
    default: text()
    }
  }

  /// The value's type in Go (`%T`).
  fileprivate var goTypeName: String {
    switch self {
    case .null: "<nil>"
    case .bool: "bool"
    case .integer: "int64"
    case .number: "float64"
    case .string: "string"
    case .array: "[]interface {}"
    case .object: "map[string]interface {}"
    }
  }
}
