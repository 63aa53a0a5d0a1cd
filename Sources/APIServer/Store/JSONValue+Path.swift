package import JSON

extension JSONValue {
  /// The value at a path of object members; setting makes the objects on the way, setting nil removes the last member.
  package subscript(at path: [String]) -> JSONValue? {
    get { self[at: path[...]] }
    set { self[at: path[...]] = newValue }
  }

  private subscript(at path: ArraySlice<String>) -> JSONValue? {
    get {
      guard let first = path.first else { return self }
      return self[first]?[at: path.dropFirst()]
    }
    set {
      guard let first = path.first else {
        self = newValue ?? .null
        return
      }
      if object == nil {
        guard newValue != nil else { return }
        self = [:]
      }
      if path.count == 1 {
        self[first] = newValue
        return
      }
      var child = self[first] ?? [:]
      self[first] = nil
      child[at: path.dropFirst()] = newValue
      self[first] = child
    }
  }

  /// The member at a dotted path of member names, e.g. `spec.type`.
  package subscript(dotted path: String) -> JSONValue? { self[at: path.split(separator: ".").map(String.init)] }

  /// The labels, annotations or another map of texts at a path; empty when there is none.
  package func texts(at path: [String]) -> [String: String] {
    self[at: path]?.object?.compactMapValues(\.string) ?? [:]
  }

  /// The value without members that are null, which Kubernetes takes for absent.
  var withoutNulls: JSONValue {
    switch self {
    case .object(let members):
      .object(members.compactMapValues { $0 == .null ? JSONValue?.none : $0.withoutNulls })
    case .array(let elements): .array(elements.map(\.withoutNulls))
    default: self
    }
  }
}
