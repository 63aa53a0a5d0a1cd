import JSON

/// The annotation in which `kubectl apply` without server-side apply keeps what it applied last.
enum LastApplied {
  /// The manager name of `kubectl apply --server-side`, for which alone the annotation counts.
  static let manager = "kubectl"
  static let annotation = "kubectl.kubernetes.io/last-applied-configuration"

  private static let path = ["metadata", "annotations", annotation]

  /// The fields that the annotation proves to be kubectl's own: those that still have the values it applied.
  static func fields(of live: JSONValue, as manager: FieldManager) -> FieldSet? {
    guard let text = live[at: path]?.string, let applied = try? JSONValue.parse(text),
      applied["apiVersion"]?.string == manager.apiVersion
    else { return nil }
    let change = FieldComparison(from: applied, to: live, schema: manager.schema)
    return FieldSet(of: applied, schema: manager.schema)
      .subtracting(change.modified).subtracting(change.added).subtracting(change.removed)
  }

  /// Brings the annotation up to date where there is one, so that going back to client-side apply stays possible.
  static func refresh(_ object: inout JSONValue, from configuration: JSONValue) {
    guard let before = object[at: path]?.string, !before.isEmpty else { return }
    var configuration = configuration
    if configuration[at: path] != nil { configuration[at: path] = nil }
    object[at: path] = .string(configuration.text() + "\n")
  }
}
