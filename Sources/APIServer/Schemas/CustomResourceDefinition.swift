package import JSON

extension ResourceKind {
  /// The CustomResourceDefinition that makes a real API server serve the kind, with the same fields and columns
  /// (`apiextensions.k8s.io/v1`).
  package var definition: JSONValue {
    var version: JSONValue = [
      "name": .string(self.version), "served": true, "storage": true,
      "schema": ["openAPIV3Schema": definedSchema],
      "additionalPrinterColumns": .array(columns.compactMap(Self.column)),
    ]
    if subresources.contains(.status) { version["subresources"] = ["status": [:]] }
    return [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string(qualifiedPlural)],
      "spec": [
        "group": .string(group), "scope": scope == .cluster ? "Cluster" : "Namespaced",
        "names": [
          "plural": .string(plural), "singular": .string(singular), "kind": .string(name),
          "listKind": .string("\(name)List"),
        ],
        "versions": [version],
      ],
    ]
  }

  /// The schema without what every object has, which a definition may not describe.
  private var definedSchema: JSONValue {
    guard let schema, let members = schema.members else { return ["type": "object"] }
    let own = members.fields.filter { !["apiVersion", "kind", "metadata"].contains($0.name) }
    return Schema.object(about: schema.about, own).structural()
  }

  private static func column(_ column: TableColumn) -> JSONValue? {
    guard let path = column.path else { return nil }
    var entry: JSONValue = [
      "name": .string(column.name), "type": .string(column.type.rawValue), "jsonPath": .string(path.text),
    ]
    if column.isWide { entry["priority"] = 1 }
    return entry
  }
}

extension Schema {
  /// The schema as a CustomResourceDefinition writes it: structural, nothing referred to by name.
  func structural(about note: String = "") -> JSONValue {
    var document = limitsDocument
    let text = note.isEmpty ? about : note
    if !text.isEmpty { document["description"] = .string(text) }
    if !allowed.isEmpty { document["enum"] = .array(allowed.map { .string($0) }) }
    switch type {
    case .boolean: document["type"] = "boolean"
    case .number: document["type"] = "number"
    case .any: document["x-kubernetes-preserve-unknown-fields"] = true
    case .intOrString: document["x-kubernetes-int-or-string"] = true
    case .integer(let width):
      document["type"] = "integer"
      document["format"] = .string(width.rawValue)
    case .string(let format):
      document["type"] = "string"
      if format != .plain { document["format"] = .string(format.documented) }
    case .map(let value, _):
      document["type"] = "object"
      document["additionalProperties"] = value.structural()
    case .list(let element, let listType):
      document["type"] = "array"
      document["items"] = element.structural()
      if listType != .atomic { document["x-kubernetes-list-type"] = .string(listType.name) }
      if case .map(let keys) = listType { document["x-kubernetes-list-map-keys"] = .array(keys.map { .string($0) }) }
    case .object(let members):
      document["type"] = "object"
      if members.isOpen { document["x-kubernetes-preserve-unknown-fields"] = true }
      let required = members.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
      if !required.isEmpty { document["required"] = .array(required) }
      var properties: JSONValue = [:]
      for field in members.fields {
        var entry = field.schema.structural(about: field.about)
        if let fallback = field.fallback { entry["default"] = fallback }
        properties[field.name] = entry
      }
      if !members.fields.isEmpty { document["properties"] = properties }
    }
    return document
  }

  /// The bounds in the words of JSON Schema.
  var limitsDocument: JSONValue {
    var document: JSONValue = [:]
    document["minLength"] = limits.minLength.map { .integer(Int64($0)) }
    document["maxLength"] = limits.maxLength.map { .integer(Int64($0)) }
    document["maxItems"] = limits.maxItems.map { .integer(Int64($0)) }
    document["minimum"] = limits.minimum.map { .integer($0) }
    document["maximum"] = limits.maximum.map { .integer($0) }
    document["pattern"] = limits.pattern.map { .string($0) }
    return document
  }
}

extension Schema.Format {
  /// What documents call the format.
  var documented: String { self == .microTime ? Self.time.rawValue : rawValue }
}
