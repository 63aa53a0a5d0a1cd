import JSON

/// The words in which schemas are written down.
extension Schema {
  package static let string = Schema(.string(.plain))
  package static let time = Schema(.string(.time), about: timeNote)
  package static let microTime = Schema(.string(.microTime), about: timeNote)
  package static let bytes = Schema(.string(.bytes))
  package static let boolean = Schema(.boolean)
  package static let int32 = Schema(.integer(.int32))
  package static let int64 = Schema(.integer(.int64))
  package static let intOrString = Schema(.intOrString, about: "A number or a text.")
  package static let any = Schema(.any)
  package static let strings = list(of: .string)
  package static let labels = map(of: .string)

  private static let timeNote = "A point in time in the form of RFC 3339."

  /// A text that is one of a few.
  package static func string(oneOf allowed: String...) -> Schema { Schema(.string(.plain), allowed: allowed) }

  /// An object with these fields.
  ///
  /// - Parameters:
  ///   - name: what documents call the type.
  ///   - isOpen: keeps fields that are not named here.
  package static func object(
    _ name: String, _ about: String, isOpen: Bool = false, isAtomic: Bool = false, _ fields: [Field]
  ) -> Schema {
    Schema(.object(Members(name, fields, isOpen: isOpen, isAtomic: isAtomic)), about: about)
  }

  /// An object without a name of its own; documents write it out where it is used.
  package static func object(about: String = "", isOpen: Bool = false, _ fields: [Field]) -> Schema {
    Schema(.object(Members(nil, fields, isOpen: isOpen, isAtomic: false)), about: about)
  }

  package static func map(of value: Schema, isAtomic: Bool = false) -> Schema {
    Schema(.map(of: value, isAtomic: isAtomic))
  }

  /// A list; atomic unless it says otherwise.
  package static func list(of element: Schema, _ type: ListType = .atomic) -> Schema {
    Schema(.list(of: element, type))
  }

  /// A list of objects that these members tell apart.
  package static func list(of element: Schema, by keys: String...) -> Schema {
    Schema(.list(of: element, .map(keys: keys)))
  }

  func limited(
    length: ClosedRange<Int>? = nil, maxItems: Int? = nil, range: ClosedRange<Int64>? = nil, pattern: String? = nil
  ) -> Schema {
    var copy = self
    if let length {
      copy.limits.minLength = length.lowerBound == 0 ? nil : length.lowerBound
      copy.limits.maxLength = length.upperBound
    }
    if let maxItems { copy.limits.maxItems = maxItems }
    if let range {
      copy.limits.minimum = range.lowerBound
      copy.limits.maximum = range.upperBound
    }
    if let pattern { copy.limits.pattern = pattern }
    return copy
  }
}

extension Schema.Field {
  /// A field that may be absent.
  init(_ name: String, _ schema: Schema, _ about: String, default fallback: JSONValue? = nil) {
    self.init(name: name, schema: schema, about: about, fallback: fallback)
  }

  /// A field that must be there.
  static func required(_ name: String, _ schema: Schema, _ about: String) -> Schema.Field {
    Schema.Field(name: name, schema: schema, about: about, isRequired: true)
  }
}

extension Schema {
  /// A kind: its own fields beside `apiVersion`, `kind` and `metadata`.
  ///
  /// - Parameter name: the definition's full name, e.g. `io.k8s.api.core.v1.Service`.
  static func kind(_ name: String, _ about: String, isOpen: Bool = false, _ fields: [Field]) -> Schema {
    object(name, about, isOpen: isOpen, typeFields + [Field("metadata", MetaSchemas.object, metadataNote)] + fields)
  }

  static let typeFields = [
    Field("apiVersion", .string, "The version of the API that the object is written in, e.g. v1 or GROUP/VERSION."),
    Field("kind", .string, "What the object is; the server knows it from the path too, and it cannot change."),
  ]

  static let metadataNote = "What every object has: names, labels, annotations, owners."
}
