import JSON

/// The documents by which clients learn what an endpoint serves.
struct Discovery {
  var catalog: KindCatalog

  /// The Kubernetes version whose behaviour the server follows.
  static let version: JSONValue = [
    "major": "1", "minor": "32", "gitVersion": "v1.32.0+zonetop", "gitCommit": "", "gitTreeState": "clean",
    "buildDate": "2026-01-01T00:00:00Z", "goVersion": "", "compiler": "swift", "platform": "linux/amd64",
  ]

  var coreVersions: JSONValue {
    ["kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []]
  }

  var groups: JSONValue {
    [
      "kind": "APIGroupList", "apiVersion": "v1",
      "groups": .array(catalog.groups.map { Self.group($0.group, $0.version) }),
    ]
  }

  func group(_ name: String) throws(APIError) -> JSONValue {
    guard let found = catalog.groups.first(where: { $0.group == name }) else { throw .unknownPath }
    var document = Self.group(found.group, found.version)
    document["kind"] = "APIGroup"
    document["apiVersion"] = "v1"
    return document
  }

  func resources(group: String, version: String) throws(APIError) -> JSONValue {
    let kinds = catalog.kinds.filter { $0.group == group && $0.version == version }
    guard !kinds.isEmpty else { throw .unknownPath }
    return [
      "kind": "APIResourceList", "apiVersion": "v1",
      "groupVersion": .string(group.isEmpty ? version : "\(group)/\(version)"),
      "resources": .array(kinds.flatMap(Self.resources)),
    ]
  }

  private static func group(_ name: String, _ version: String) -> JSONValue {
    let entry: JSONValue = ["groupVersion": .string("\(name)/\(version)"), "version": .string(version)]
    return ["name": .string(name), "versions": [entry], "preferredVersion": entry]
  }

  private static func resources(_ kind: ResourceKind) -> [JSONValue] {
    var resource: JSONValue = [
      "name": .string(kind.plural), "singularName": .string(kind.singular),
      "namespaced": .bool(kind.scope == .namespaced), "kind": .string(kind.name),
      "verbs": .array(kind.verbs.map { .string($0) }),
    ]
    if !kind.shortNames.isEmpty { resource["shortNames"] = .array(kind.shortNames.map { .string($0) }) }
    if !kind.categories.isEmpty { resource["categories"] = .array(kind.categories.map { .string($0) }) }
    let subresources = ResourceKind.Subresource.allCases.filter(kind.subresources.contains).map {
      subresource -> JSONValue in
      var entry: JSONValue = [
        "name": .string("\(kind.plural)/\(subresource.rawValue)"), "singularName": "",
        "namespaced": .bool(kind.scope == .namespaced), "kind": .string(kind.name),
        "verbs": ["get", "patch", "update"],
      ]
      if subresource == .scale {
        entry["kind"] = .string(Scale.kind)
        entry["group"] = "autoscaling"
        entry["version"] = "v1"
      }
      return entry
    }
    return [resource] + subresources
  }
}
