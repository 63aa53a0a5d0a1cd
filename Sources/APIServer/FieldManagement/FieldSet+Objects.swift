package import JSON

extension FieldSet {
  /// The fields that an applied configuration lays claim to: every value that has one owner, every entry of a map and
  /// every element of a list.
  package init(of value: JSONValue, schema: Schema) {
    self.init()
    collect(value, schema, at: [])
  }

  private mutating func collect(_ value: JSONValue, _ schema: Schema, at path: FieldPath) {
    switch schema.shape(of: value) {
    case .whole: insert(path)
    case .members(let members):
      for (key, child) in value.object ?? [:] {
        let field = members[key]
        collect(child, field?.schema ?? .any, at: path + [.field(key)])
        if field == nil { insert(path + [.field(key)]) }
      }
    case .entries(let element):
      for (key, child) in value.object ?? [:] {
        collect(child, element, at: path + [.field(key)])
        insert(path + [.field(key)])
      }
    case .elements(let element, _):
      for child in value.array ?? [] {
        guard let step = schema.step(to: child) else { continue }
        collect(child, element, at: path + [step])
        insert(path + [step])
      }
    }
  }

  /// The set and the named fields on the way to its members, which are never owned for themselves.
  func withNamedFields(_ schema: Schema) -> FieldSet {
    var result = FieldSet()
    for (step, node) in nodes {
      var node = node
      let inner: Schema
      switch step {
      case .field(let name):
        if case .object(let members) = schema.type, members[name] != nil, !node.below.isEmpty { node.isMember = true }
        inner = schema[member: name] ?? .any
      case .key, .value, .index: inner = schema.element ?? .any
      }
      node.below = node.below.withNamedFields(inner)
      result.set(node, at: step)
    }
    return result
  }
}
