import JSON

/// Why an apply was refused: other owners have other values of the fields that it wants.
package struct ApplyConflict: Error, Hashable {
  /// By owner, then in the order of the fields.
  package var conflicts: [Conflict]

  package struct Conflict: Hashable, Sendable {
    package var owner: FieldOwner
    package var path: FieldPath
  }

  /// The refusal as a server answers it: 409 with one cause for each field.
  package var error: APIError {
    APIError(
      code: 409, reason: "Conflict", message: message,
      details: [
        "causes": .array(
          conflicts.map {
            [
              "reason": "FieldManagerConflict", "message": .string("conflict with \($0.owner)"),
              "field": .string($0.path.text),
            ]
          })
      ])
  }

  private var message: String {
    if let only = conflicts.first, conflicts.count == 1 {
      return "Apply failed with 1 conflict: conflict with \(only.owner): \(only.path.text)"
    }
    var lines: [String] = []
    var owner: FieldOwner?
    for conflict in conflicts {
      if conflict.owner != owner { lines.append("conflicts with \(conflict.owner):") }
      owner = conflict.owner
      lines.append("- \(conflict.path.text)")
    }
    return "Apply failed with \(conflicts.count) conflicts: \(lines.joined(separator: "\n"))"
  }
}
