package import JSON

extension FieldSet {
  /// The set in the form of `fieldsV1`: a tree of steps, where `.` marks a field that belongs to the set and has
  /// members below it.
  package var fieldsV1: JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: nodes.map { step, node in
          var value = node.below.fieldsV1
          if node.isMember, !node.below.isEmpty { value["."] = [:] }
          return (step.text, value)
        }))
  }

  /// Reads the form of `fieldsV1`; nil for what is none.
  package init?(fieldsV1: JSONValue) {
    guard let members = fieldsV1.object else { return nil }
    self.init()
    for (key, value) in members where key != "." {
      guard let step = PathElement(text: key), let inside = value.object, let below = FieldSet(fieldsV1: value) else {
        return nil
      }
      set(Node(isMember: inside["."] != nil || inside.isEmpty, below: below), at: step)
    }
  }
}
