import JSON

/// How ownership divides a value.
enum FieldShape {
  /// One owner for the whole value.
  case whole
  /// Each member has its owners; the fields are known by name.
  case members(Schema.Members)
  /// Each member has its owners; the keys are free.
  case entries(Schema)
  /// Each element has its owners.
  case elements(Schema, ListType)

  /// Whether two values of one schema are divided alike.
  func isLike(_ other: FieldShape) -> Bool {
    switch (self, other) {
    case (.whole, .whole), (.members, .members), (.entries, .entries), (.elements, .elements): true
    default: false
    }
  }
}

extension Schema {
  /// How ownership divides this value; one that does not fit the schema has one owner.
  func shape(of value: JSONValue) -> FieldShape {
    switch type {
    case .boolean, .integer, .number, .string, .intOrString: return .whole
    case .any: return value.object == nil ? .whole : .entries(.any)
    case .object(let members): return members.isAtomic || value.object == nil ? .whole : .members(members)
    case .map(let element, let isAtomic): return isAtomic || value.object == nil ? .whole : .entries(element)
    case .list(let element, let listType):
      return listType == .atomic || value.array == nil ? .whole : .elements(element, listType)
    }
  }

  /// How an element of this list is told apart from the others; nil when it lacks a key that has no default.
  func step(to element: JSONValue) -> PathElement? {
    guard case .list(let schema, let listType) = type else { return nil }
    switch listType {
    case .atomic: return nil
    case .set: return element.object == nil && element.array == nil && element != .null ? .value(element) : nil
    case .map(let keys):
      guard element.object != nil else { return nil }
      var values: [String: JSONValue] = [:]
      for key in keys {
        guard let value = element[key] ?? schema.members?.keyDefault(key) else { return nil }
        values[key] = value
      }
      return .key(values)
    }
  }
}

extension Schema.Members {
  /// What the key of an element is that does not give it. Kubernetes' own types, which cannot leave a required text or
  /// number out, have the empty one there.
  func keyDefault(_ key: String) -> JSONValue? {
    guard let field = self[key] else { return nil }
    if let fallback = field.fallback { return fallback }
    guard field.isRequired, name?.hasPrefix("io.k8s.") ?? false else { return nil }
    switch field.schema.type {
    case .integer: return 0
    case .string: return ""
    default: return nil
    }
  }
}
