import JSON

/// The finalizers that this server itself acts on.
enum Finalizers {
  /// The object goes once its blocking dependents are gone.
  static let foreground = "foregroundDeletion"
  /// The object goes once its dependents name it no longer.
  static let orphan = "orphan"
  /// In `spec.finalizers` of a namespace: it goes once it is empty.
  static let namespaceContent = "kubernetes"

  static func of(_ object: JSONValue) -> [String] {
    object[at: ["metadata", "finalizers"]]?.array?.compactMap(\.string) ?? []
  }

  static func set(_ finalizers: [String], in object: inout JSONValue) {
    object[at: ["metadata", "finalizers"]] =
      finalizers.isEmpty ? JSONValue?.none : .array(finalizers.map(JSONValue.string))
  }
}
