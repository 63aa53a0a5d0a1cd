import JSON

/// What `kubectl describe namespace` says of one that is going: why it is still there.
enum NamespaceConditions {
  /// The conditions of a namespace from what is left in it; times stay where nothing changed.
  static func after(
    _ namespace: JSONValue, left: [(kind: ResourceKind, objects: [StoredObject])], unixSeconds: Int64
  ) -> [JSONValue] {
    var finalizers: [String: Int] = [:]
    for finalizer in left.flatMap(\.objects).flatMap({ Finalizers.of($0.value) }) {
      finalizers[finalizer, default: 0] += 1
    }
    let content = left.map { "\($0.kind.plural).\($0.kind.group) has \($0.objects.count) resource instances" }
    let holding = finalizers.sorted { $0.key < $1.key }.map { "\($0.key) in \($0.value) resource instances" }
    let now: [(type: String, holds: Bool, reason: String, message: String)] = [
      ("NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered", "All resources successfully discovered"),
      (
        "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
        "All legacy kube types successfully parsed"
      ),
      (
        "NamespaceDeletionContentFailure", false, "ContentDeleted",
        "All content successfully deleted, may be waiting on finalization"
      ),
      content.isEmpty
        ? ("NamespaceContentRemaining", false, "ContentRemoved", "All content successfully removed")
        : (
          "NamespaceContentRemaining", true, "SomeResourcesRemain",
          "Some resources are remaining: \(content.joined(separator: ", "))"
        ),
      holding.isEmpty
        ? (
          "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers", "All content-preserving finalizers finished"
        )
        : (
          "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
          "Some content in the namespace has finalizers remaining: \(holding.joined(separator: ", "))"
        ),
    ]
    let before = namespace[at: ["status", "conditions"]]?.array ?? []
    let others = before.filter { condition in !now.contains { condition["type"]?.string == $0.type } }
    return others
      + now.map { condition in
        var value: JSONValue = [
          "type": .string(condition.type), "status": condition.holds ? "True" : "False",
          "reason": .string(condition.reason), "message": .string(condition.message),
        ]
        let old = before.first { $0["type"]?.string == condition.type }
        value["lastTransitionTime"] =
          old?["status"] == value["status"]
          ? old?["lastTransitionTime"] : .string(RFC3339.text(unixSeconds: unixSeconds))
        return value
      }
  }
}
