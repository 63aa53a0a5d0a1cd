import JSON

/// Writes schemas down as documents of JSON Schema, in the dialect that the reader expects.
struct SchemaDocument {
  var style: Style

  enum Style {
    /// A CustomResourceDefinition: structural, everything written out where it is used.
    case structural
    /// OpenAPI v2: types by name under `definitions`.
    case swagger
    /// OpenAPI v3: types by name under `components/schemas`.
    case openAPI

    fileprivate var references: String { self == .swagger ? "#/definitions/" : "#/components/schemas/" }
  }

  /// A value's schema; a type with a name is referred to.
  ///
  /// - Parameter note: what the field means; without it the type's own text stands.
  func value(_ schema: Schema, note: String = "") -> JSONValue {
    guard style != .structural, let name = schema.documentName else { return inline(schema, note: note) }
    let reference: JSONValue = ["$ref": .string(style.references + name)]
    guard !note.isEmpty else { return reference }
    var document: JSONValue = style == .swagger ? reference : ["allOf": [reference]]
    document["description"] = .string(note)
    if style == .openAPI, schema.members != nil { document["default"] = [:] }
    return document
  }

  /// The schema itself, written out.
  func inline(_ schema: Schema, note: String = "") -> JSONValue {
    var document = Self.limits(schema.limits)
    let text = note.isEmpty ? schema.about : note
    if !text.isEmpty { document["description"] = .string(text) }
    if !schema.allowed.isEmpty { document["enum"] = .array(schema.allowed.map { .string($0) }) }
    switch schema.type {
    case .boolean: document["type"] = "boolean"
    case .number: document["type"] = "number"
    case .any: document["x-kubernetes-preserve-unknown-fields"] = true
    case .intOrString: write(intOrString: &document)
    case .integer(let width):
      document["type"] = "integer"
      document["format"] = .string(width.rawValue)
    case .string(let format):
      document["type"] = "string"
      if format != .plain { document["format"] = .string(format == .microTime ? "date-time" : format.rawValue) }
    case .map(let element, let isAtomic):
      document["type"] = "object"
      document["additionalProperties"] = value(element)
      if isAtomic { document["x-kubernetes-map-type"] = "atomic" }
    case .list(let element, let listType):
      document["type"] = "array"
      document["items"] = value(element)
      write(listType, to: &document)
    case .object(let members): write(members, to: &document)
    }
    return document
  }

  private func write(intOrString document: inout JSONValue) {
    switch style {
    case .structural: document["x-kubernetes-int-or-string"] = true
    case .swagger:
      document["type"] = "string"
      document["format"] = "int-or-string"
    case .openAPI:
      document["format"] = "int-or-string"
      document["oneOf"] = [["type": "integer"], ["type": "string"]]
    }
  }

  private func write(_ listType: ListType, to document: inout JSONValue) {
    if style != .structural || listType != .atomic { document["x-kubernetes-list-type"] = .string(listType.name) }
    if case .map(let keys) = listType { document["x-kubernetes-list-map-keys"] = .array(keys.map { .string($0) }) }
    guard style != .structural, listType != .atomic else { return }
    document["x-kubernetes-patch-strategy"] = "merge"
    document["x-kubernetes-patch-merge-key"] = listType.mergeKey.map { .string($0) }
  }

  private func write(_ members: Schema.Members, to document: inout JSONValue) {
    document["type"] = "object"
    // A real server says nothing of fields that it does not list; definitions have to.
    if members.isOpen, style == .structural { document["x-kubernetes-preserve-unknown-fields"] = true }
    if members.isAtomic, style != .structural { document["x-kubernetes-map-type"] = "atomic" }
    let required = members.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { document["required"] = .array(required) }
    var properties: JSONValue = [:]
    for field in members.fields {
      var entry = value(field.schema, note: field.about)
      if let fallback = field.fallback, style != .swagger { entry["default"] = fallback }
      properties[field.name] = entry
    }
    if !members.fields.isEmpty { document["properties"] = properties }
  }

  private static func limits(_ limits: Schema.Limits) -> JSONValue {
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

extension Schema {
  /// The name that OpenAPI documents know the type by; nil for one that is written out.
  var documentName: String? {
    switch type {
    case .object(let members): members.name
    case .intOrString: "io.k8s.apimachinery.pkg.util.intstr.IntOrString"
    case .string(.time): MetaSchemas.prefix + "Time"
    case .string(.microTime): MetaSchemas.prefix + "MicroTime"
    default: nil
    }
  }

  /// Adds the types with names that are used here, this one among them.
  func collectNamed(into found: inout [String: Schema]) {
    if let name = documentName, found.updateValue(self, forKey: name) != nil { return }
    switch type {
    case .object(let members): for field in members.fields { field.schema.collectNamed(into: &found) }
    case .map(let element, _), .list(let element, _): element.collectNamed(into: &found)
    default: break
    }
  }
}
