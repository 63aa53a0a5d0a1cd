/// How a strategic merge patch merges one list of a built-in kind; lists without a strategy are replaced.
package enum ListStrategy: Hashable, Sendable {
  /// Elements are objects, told apart by the value of this member.
  case byKey(String)
  /// Elements are plain values; the patch adds to them.
  case set
}

extension ResourceKind {
  /// How strategic merge patches merge lists, by the path of the list, as the schema has it.
  package var listStrategies: [String: ListStrategy] {
    var found: [String: ListStrategy] = [:]
    func walk(_ schema: Schema, _ path: String) {
      switch schema.type {
      case .object(let members):
        for field in members.fields { walk(field.schema, path.isEmpty ? field.name : "\(path).\(field.name)") }
      case .list(let element, let type):
        if let key = type.mergeKey { found[path] = .byKey(key) }
        if type == .set { found[path] = .set }
        walk(element, path)
      default: break
      }
    }
    if let schema { walk(schema, "") }
    return found
  }
}
