package import JSON

/// One step from a value to a value inside it, as `metadata.managedFields` writes it.
package enum PathElement: Hashable, Sendable {
  /// A member of an object (`f:NAME`).
  case field(String)
  /// The element of a list that these members tell apart (`k:{…}`).
  case key([String: JSONValue])
  /// A plain element of a list that is a set (`v:…`).
  case value(JSONValue)
  /// An element by its place (`i:…`); lists that are one value have no such owners, but other servers' texts may.
  case index(Int)

  /// The text in FieldsV1.
  var text: String {
    switch self {
    case .field(let name): "f:\(name)"
    case .key(let members): "k:\(JSONValue.object(members).text())"
    case .value(let value): "v:\(value.text())"
    case .index(let index): "i:\(index)"
    }
  }

  /// Reads the text in FieldsV1; nil for what is none.
  init?(text: String) {
    let rest = String(text.dropFirst(2))
    switch text.prefix(2) {
    case "f:": self = .field(rest)
    case "k:":
      guard let members = (try? JSONValue.parse(rest))?.object else { return nil }
      self = .key(members)
    case "v:":
      guard let value = try? JSONValue.parse(rest) else { return nil }
      self = .value(value)
    case "i:":
      guard let index = Int(rest) else { return nil }
      self = .index(index)
    default: return nil
    }
  }
}

extension PathElement: CustomStringConvertible {
  /// How messages for people write the step: `.spec`, `[port=80,protocol="TCP"]`, `[="a"]`.
  package var description: String {
    switch self {
    case .field(let name): ".\(name)"
    case .key(let members):
      "[" + members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.text())" }.joined(separator: ",") + "]"
    case .value(let value): "[=\(value.text())]"
    case .index(let index): "[\(index)]"
    }
  }
}

extension PathElement: Comparable {
  /// The order in which Kubernetes lists fields: members, keyed elements, plain elements, places.
  package static func < (left: PathElement, right: PathElement) -> Bool {
    switch (left, right) {
    case (.field(let one), .field(let other)): one < other
    case (.index(let one), .index(let other)): one < other
    default: left.rank == right.rank ? left.text < right.text : left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .field: 0
    case .key: 1
    case .value: 2
    case .index: 3
    }
  }
}

/// The way from an object to one of its fields.
package typealias FieldPath = [PathElement]

extension FieldPath {
  /// `.spec.ports[port=80,protocol="TCP"].name`.
  var text: String { map(\.description).joined() }
}
