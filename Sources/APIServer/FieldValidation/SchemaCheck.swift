import JSON

/// A value held against the schema of its kind: what is left of it, what the kind does not know, what has a wrong type.
struct SchemaCheck {
  let original: JSONValue
  /// The value without unknown fields, and without the empty lists and maps that Kubernetes' own types leave out.
  private(set) var value: JSONValue
  /// The paths of unknown fields, sorted: `spec.ports[0].foo`.
  private(set) var unknown: [String] = []
  /// The first value of a wrong type, in the words of Go's decoder, which clients of built-in kinds know.
  private(set) var mistake: String?
  /// All values of a wrong type, as custom kinds say it.
  private(set) var typeErrors: [FieldError] = []

  /// The way to a value, as the two wordings need it.
  private struct Place {
    /// `spec.ports[0].port`
    var path = ""
    /// The struct that has the field, and the fields to it without indices.
    var type = ""
    var fields: [String] = []

    func field(_ name: String, of type: String?) -> Place {
      Place(path: path.isEmpty ? name : "\(path).\(name)", type: type ?? self.type, fields: fields + [name])
    }

    func key(_ key: String) -> Place {
      Place(path: path.isEmpty ? key : "\(path).\(key)", type: type, fields: fields)
    }

    func index(_ index: Int) -> Place { Place(path: "\(path)[\(index)]", type: type, fields: fields) }
  }

  init(_ value: JSONValue, of kind: ResourceKind) {
    original = value
    self.value = value
    guard let schema = kind.schema else { return }
    self.value = check(value, schema, at: Place(type: kind.name))
    unknown.sort()
  }

  private mutating func check(_ value: JSONValue, _ schema: Schema, at place: Place) -> JSONValue {
    if value == .null { return value }
    switch (schema.type, value) {
    case (.object(let members), .object(let given)):
      var kept: [String: JSONValue] = [:]
      for (key, child) in given.sorted(by: { $0.key < $1.key }) {
        if let field = members[key] {
          if members.leavesOut(child, field) { continue }
          kept[key] = check(child, field.schema, at: place.field(key, of: members.goName))
        } else if members.isOpen {
          kept[key] = child
        } else {
          unknown.append(place.key(key).path)
        }
      }
      return .object(kept)
    case (.map(let element, _), .object(let given)):
      var kept: [String: JSONValue] = [:]
      for (key, child) in given.sorted(by: { $0.key < $1.key }) {
        kept[key] = check(child, element, at: place.key(key))
      }
      return .object(kept)
    case (.list(let element, _), .array(let given)):
      var kept: [JSONValue] = []
      for (index, child) in given.enumerated() { kept.append(check(child, element, at: place.index(index))) }
      return .array(kept)
    default:
      if !schema.type.accepts(value) { note(value, schema, at: place) }
      return value
    }
  }

  private mutating func note(_ value: JSONValue, _ schema: Schema, at place: Place) {
    let given = value.typeName
    typeErrors.append(
      FieldError(
        field: place.path, reason: "FieldValueTypeInvalid",
        message: "Invalid value: \"\(given)\": \(place.path) in body must be of type "
          + "\(schema.type.typeName): \"\(given)\""))
    mistake = mistake ?? "json: cannot unmarshal \(value.goWord) into \(target(schema, place))"
  }

  private func target(_ schema: Schema, _ place: Place) -> String {
    switch schema.type {
    case .intOrString: "Go value of type int32"
    case .string(let format) where format != .plain && format != .bytes: "Go value of type string"
    default:
      "Go struct field \(place.type).\(place.fields.joined(separator: ".")) of type \(schema.goType)"
    }
  }
}

extension Schema.Kind {
  /// Whether a value that is neither an object of fields nor a list fits.
  func accepts(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.any, _), (.boolean, .bool), (.integer(.int64), .integer), (.number, .integer), (.number, .number),
      (.string, .string), (.intOrString, .string):
      true
    case (.integer(.int32), .integer(let number)), (.intOrString, .integer(let number)):
      Int32(exactly: number) != nil
    default: false
    }
  }

  /// The name of the type in OpenAPI.
  fileprivate var typeName: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .intOrString: "integer,string"
    case .any, .object, .map: "object"
    case .list: "array"
    }
  }
}

extension Schema.Members {
  /// Whether a value is an empty list or map in a field where that is as good as none; an empty account is a wish.
  fileprivate func leavesOut(_ value: JSONValue, _ field: Schema.Field) -> Bool {
    guard name?.hasPrefix("io.k8s.") ?? false, !field.isRequired, field.name != "managedFields" else {
      return false
    }
    switch field.schema.type {
    case .map: return value.object?.isEmpty ?? false
    case .list: return value.array?.isEmpty ?? false
    default: return false
    }
  }

  /// The name that Go has for the type.
  fileprivate var goName: String? { name?.split(separator: ".").last.map(String.init) }
}

extension Schema {
  fileprivate var goType: String {
    switch type {
    case .boolean: "bool"
    case .integer(let width): width.rawValue
    case .number: "float64"
    case .string(.bytes): "[]uint8"
    case .string: "string"
    case .intOrString: "intstr.IntOrString"
    case .any: "runtime.RawExtension"
    case .object(let members): members.name?.split(separator: ".").suffix(2).joined(separator: ".") ?? "struct"
    case .map(let element, _): "map[string]\(element.goType)"
    case .list(let element, _): "[]\(element.goType)"
    }
  }
}

extension JSONValue {
  /// The name of the value's type in OpenAPI.
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }

  /// What Go's decoder calls the value.
  fileprivate var goWord: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
