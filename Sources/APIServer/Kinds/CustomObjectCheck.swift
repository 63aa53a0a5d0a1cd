import JSON

/// Holds objects of custom kinds to their schema, and says what is wrong in the words of a real API server, which checks
/// them by their CustomResourceDefinition.
enum CustomObjectCheck {
  static func errors(in object: JSONValue, _ schema: Schema) -> [FieldError] {
    guard let members = schema.members else { return [] }
    var errors: [FieldError] = []
    for field in members.fields where !["apiVersion", "kind", "metadata"].contains(field.name) {
      if let value = object[field.name] {
        errors += check(value, field.schema, field.name)
      } else if field.isRequired {
        errors.append(.required(field.name))
      }
    }
    return errors
  }

  private static func check(_ value: JSONValue, _ schema: Schema, _ path: String) -> [FieldError] {
    guard matches(value, schema.type) else {
      let shown = name(value)
      return [.invalid(path, "\"\(shown)\"", "\(path) in body must be of type \(name(schema.type)): \"\(shown)\"")]
    }
    var errors: [FieldError] = []
    switch (value, schema.type) {
    case (.object(let values), .object(let members)):
      for field in members.fields {
        if let inner = values[field.name] {
          errors += check(inner, field.schema, "\(path).\(field.name)")
        } else if field.isRequired {
          errors.append(.required("\(path).\(field.name)"))
        }
      }
    case (.object(let values), .map(let element, _)):
      for (key, inner) in values.sorted(by: { $0.key < $1.key }) { errors += check(inner, element, "\(path).\(key)") }
    case (.array(let elements), .list(let element, let listType)):
      errors += self.elements(elements, listType, schema.limits, path)
      for (index, inner) in elements.enumerated() { errors += check(inner, element, "\(path)[\(index)]") }
    case (.string(let text), _): errors += self.text(text, schema, path)
    default: break
    }
    return errors
  }

  private static func elements(
    _ elements: [JSONValue], _ listType: ListType, _ limits: Schema.Limits, _ path: String
  ) -> [FieldError] {
    var errors: [FieldError] = []
    if let most = limits.maxItems, elements.count > most {
      errors.append(.invalid(path, "\(elements.count)", "\(path) in body should have at most \(most) items"))
    }
    var seen: Set<JSONValue> = []
    for (index, element) in elements.enumerated() {
      switch listType {
      case .atomic: continue
      case .set:
        if !seen.insert(element).inserted { errors.append(.duplicate("\(path)[\(index)]", element.text())) }
      case .map(let keys):
        let identity = JSONValue.object(Dictionary(keys.compactMap { key in element[key].map { (key, $0) } }) { $1 })
        if !seen.insert(identity).inserted { errors.append(.duplicate("\(path)[\(index)]", identity.text())) }
      }
    }
    return errors
  }

  private static func text(_ text: String, _ schema: Schema, _ path: String) -> [FieldError] {
    let limits = schema.limits
    if !schema.allowed.isEmpty, !schema.allowed.contains(text) {
      return [.unsupported(path, text, supported: schema.allowed)]
    }
    if case .string(.time) = schema.type, RFC3339.unixSeconds(text) == nil {
      return [.invalid(path, "\"\(text)\"", "\(path) in body must be of type date-time: \"\(text)\"")]
    }
    var errors: [FieldError] = []
    if let least = limits.minLength, text.unicodeScalars.count < least {
      errors.append(.invalid(path, "\"\(text)\"", "\(path) in body should be at least \(least) chars long"))
    }
    if let most = limits.maxLength, text.unicodeScalars.count > most {
      errors.append(.invalid(path, "\"\(text)\"", "\(path) in body should be at most \(most) chars long"))
    }
    if let pattern = limits.pattern, (try? Regex(pattern).firstMatch(in: text)) == nil {
      errors.append(.invalid(path, "\"\(text)\"", "\(path) in body should match '\(pattern)'"))
    }
    return errors
  }

  private static func matches(_ value: JSONValue, _ type: Schema.Kind) -> Bool {
    switch (value, type) {
    case (_, .any), (.bool, .boolean), (.integer, .integer), (.integer, .number), (.number, .number),
      (.string, .string),
      (.integer, .intOrString), (.string, .intOrString), (.object, .object), (.object, .map), (.array, .list):
      true
    default: false
    }
  }

  private static func name(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  private static func name(_ type: Schema.Kind) -> String {
    switch type {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string, .intOrString: "string"
    case .any, .object, .map: "object"
    case .list: "array"
    }
  }
}
