import JSON

/// Discovery in one document (`apidiscovery.k8s.io`), which newer clients ask for before anything else.
extension Discovery {
  /// All groups with all their resources.
  ///
  /// - Parameters:
  ///   - isCore: the group without a name, which `/api` lists; else those of `/apis`.
  ///   - version: `v2` or `v2beta1`, which are alike.
  func aggregated(isCore: Bool, version: String) -> JSONValue {
    let groups = isCore ? [(group: "", version: "v1")] : catalog.groups
    return [
      "kind": "APIGroupDiscoveryList", "apiVersion": .string("apidiscovery.k8s.io/\(version)"), "metadata": [:],
      "items": .array(
        groups.map { group, version in
          var metadata: JSONValue = ["creationTimestamp": .null]
          if !group.isEmpty { metadata["name"] = .string(group) }
          let kinds = catalog.kinds.filter { $0.group == group && $0.version == version }
          return [
            "metadata": metadata,
            "versions": [
              ["version": .string(version), "freshness": "Current", "resources": .array(kinds.map(Self.aggregated))]
            ],
          ]
        }),
    ]
  }

  private static func aggregated(_ kind: ResourceKind) -> JSONValue {
    var resource: JSONValue = [
      "resource": .string(kind.plural), "singularResource": .string(kind.singular),
      "scope": kind.scope == .namespaced ? "Namespaced" : "Cluster", "responseKind": kind.groupVersionKind(),
      "verbs": .array(kind.verbs.map { .string($0) }),
    ]
    if !kind.shortNames.isEmpty { resource["shortNames"] = .array(kind.shortNames.map { .string($0) }) }
    if !kind.categories.isEmpty { resource["categories"] = .array(kind.categories.map { .string($0) }) }
    let subresources = ResourceKind.Subresource.allCases.filter(kind.subresources.contains).map {
      subresource -> JSONValue in
      let scale: JSONValue = ["group": "autoscaling", "version": "v1", "kind": .string(Scale.kind)]
      return [
        "subresource": .string(subresource.rawValue), "verbs": ["get", "patch", "update"],
        "responseKind": subresource == .scale ? scale : kind.groupVersionKind(),
      ]
    }
    if !subresources.isEmpty { resource["subresources"] = .array(subresources) }
    return resource
  }
}
