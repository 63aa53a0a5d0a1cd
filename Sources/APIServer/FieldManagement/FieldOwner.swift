import JSON

/// Who owns fields: a manager, by one way of writing. One manager can be several owners.
package struct FieldOwner: Hashable, Sendable {
  package var manager: String
  package var operation: Operation
  /// The API version that the fields are named in; nil for an applier, which is the same owner in all versions.
  package var apiVersion: String?
  package var subresource: String

  package enum Operation: String, Sendable { case apply = "Apply", update = "Update" }

  init(_ manager: String, _ operation: Operation, apiVersion: String, subresource: String = "") {
    self.manager = manager
    self.operation = operation
    self.apiVersion = operation == .apply ? nil : apiVersion
    self.subresource = subresource
  }
}

extension FieldOwner: Comparable {
  package static func < (left: FieldOwner, right: FieldOwner) -> Bool {
    (left.manager, left.operation.rawValue, left.apiVersion ?? "", left.subresource)
      < (right.manager, right.operation.rawValue, right.apiVersion ?? "", right.subresource)
  }
}

extension FieldOwner: CustomStringConvertible {
  /// How conflicts name an owner: `"kubectl-edit" using v1`.
  package var description: String {
    var text = JSONValue.string(manager).text()
    if !subresource.isEmpty { text += " with subresource \(JSONValue.string(subresource).text())" }
    if let apiVersion { text += " using \(apiVersion)" }
    return text
  }
}
