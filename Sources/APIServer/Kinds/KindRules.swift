package import JSON

/// What one kind adds to the common rules for writing objects.
package struct KindRules: Sendable {
  /// Fills in what the client left out; `old` is the object that is being replaced, nil on creation.
  package var fillDefaults: @Sendable (_ object: inout JSONValue, _ old: JSONValue?, _ context: Admission) -> Void
  /// All that is wrong with the object, after defaulting; `old` is the object being replaced.
  package var validate: @Sendable (_ object: JSONValue, _ old: JSONValue?, _ context: Admission) -> [FieldError]

  package init(
    fillDefaults: @escaping @Sendable (inout JSONValue, JSONValue?, Admission) -> Void = { _, _, _ in },
    validate: @escaping @Sendable (JSONValue, JSONValue?, Admission) -> [FieldError] = { _, _, _ in [] }
  ) {
    self.fillDefaults = fillDefaults
    self.validate = validate
  }
}

/// What rules may draw on: the time of the request, a number that no earlier write had, and what is given out already.
package struct Admission: Hashable, Sendable {
  package var unixSeconds: Int64
  package var sequence: UInt64
  /// The addresses and ports that services hold.
  var allotted = AllotmentIndex()

  package init(unixSeconds: Int64, sequence: UInt64) {
    self.unixSeconds = unixSeconds
    self.sequence = sequence
  }
}
