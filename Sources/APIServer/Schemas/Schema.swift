package import JSON

/// What a value of the API looks like: its type, what is inside it, and how several writers share it.
///
/// One schema a kind is the source of everything that depends on its fields: OpenAPI documents, what `kubectl explain`
/// says, strategic merge patches, who owns which field, unknown fields, and the CustomResourceDefinitions in `Deploy/crds`.
package struct Schema: Sendable {
  package var type: Kind
  /// What the type is for; fields say for themselves what they mean.
  package var about: String
  /// The values that a text may have; empty when any will do.
  package var allowed: [String]
  package var limits: Limits

  package indirect enum Kind: Sendable {
    case boolean
    case integer(Width)
    case number
    case string(Format)
    /// A number or a text, e.g. a port by number or by name.
    case intOrString
    /// Anything that JSON can say.
    case any
    case object(Members)
    /// An object with free keys.
    case map(of: Schema, isAtomic: Bool)
    case list(of: Schema, ListType)
  }

  package enum Width: String, Sendable { case int32, int64 }

  package enum Format: String, Sendable {
    case plain = ""
    /// RFC 3339, whole seconds.
    case time = "date-time"
    /// RFC 3339 with six digits of a second.
    case microTime = "micro-time"
    /// Base64.
    case bytes = "byte"
  }

  /// Bounds of texts, lists and numbers; nil is no bound.
  package struct Limits: Hashable, Sendable {
    package var minLength: Int?
    package var maxLength: Int?
    package var maxItems: Int?
    package var minimum: Int64?
    package var maximum: Int64?
    /// A regular expression that a text must match.
    package var pattern: String?
  }

  /// The members of an object with a fixed set of fields.
  package struct Members: Sendable {
    /// The name that documents know the type by, e.g. `io.k8s.api.core.v1.ServiceSpec`; nil for one without a name.
    package var name: String?
    package let fields: [Field]
    /// True when fields beside the known ones are kept.
    package var isOpen: Bool
    /// True when the object has one owner as a whole.
    package var isAtomic: Bool
    private let places: [String: Int]

    init(_ name: String?, _ fields: [Field], isOpen: Bool, isAtomic: Bool) {
      self.name = name
      self.fields = fields
      self.isOpen = isOpen
      self.isAtomic = isAtomic
      self.places = Dictionary(fields.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// The field of a name; O(1).
    package subscript(name: String) -> Field? { places[name].map { fields[$0] } }
  }

  /// One field of an object.
  package struct Field: Sendable {
    package var name: String
    package var schema: Schema
    package var about: String
    package var isRequired = false
    /// What the server fills in when the field is absent.
    package var fallback: JSONValue?
  }

  init(_ type: Kind, about: String = "", allowed: [String] = [], limits: Limits = Limits()) {
    self.type = type
    self.about = about
    self.allowed = allowed
    self.limits = limits
  }
}

extension Schema {
  /// The members when this is an object with fixed fields.
  package var members: Members? { if case .object(let members) = type { members } else { nil } }

  /// The schema of a member: a field's, or that of a map's values. Nil when there is no such member.
  package subscript(member name: String) -> Schema? {
    switch type {
    case .object(let members): members[name]?.schema
    case .map(let value, _): value
    default: nil
    }
  }

  /// The schema of a list's elements.
  package var element: Schema? { if case .list(let element, _) = type { element } else { nil } }

  /// How several writers share a list; nil when this is none.
  package var listType: ListType? { if case .list(_, let listType) = type { listType } else { nil } }

  /// The schema at a path of member names; lists are passed through to their elements.
  package subscript(path path: some Sequence<String>) -> Schema? {
    var schema = self
    for step in path {
      while let element = schema.element { schema = element }
      guard let next = schema[member: step] else { return nil }
      schema = next
    }
    return schema
  }
}
