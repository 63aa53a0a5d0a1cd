/// What the path of a request means at an endpoint.
enum APITarget {
  case version
  case health
  case coreVersions
  case groups
  case group(String)
  case resources(group: String, version: String)
  case swagger
  case openAPIIndex
  case openAPI(group: String, version: String)
  /// The list of CustomResourceDefinitions, in which kubectl looks for kinds that OpenAPI does not have.
  case definitions
  case collection(ResourceKind, namespace: String?)
  case object(ResourceKind, ObjectName, ResourceKind.Subresource?)

  /// Reads a path without its endpoint's prefix, as a Kubernetes API server does; throws 404 for what nobody serves.
  init(path: Substring, catalog: KindCatalog) throws(APIError) {
    let steps = path.split(separator: "/").map { PercentCoding.decode($0) }
    switch (steps.first, steps.count) {
    case ("version", 1): self = .version
    case ("healthz", _), ("readyz", _), ("livez", _): self = .health
    case ("api", 1): self = .coreVersions
    case ("apis", 1): self = .groups
    case ("apis", 2): self = .group(steps[1])
    case ("api", 2): self = .resources(group: "", version: steps[1])
    case ("apis", 3): self = .resources(group: steps[1], version: steps[2])
    case ("openapi", 2) where steps[1] == "v2": self = .swagger
    case ("openapi", 2) where steps[1] == "v3": self = .openAPIIndex
    case ("openapi", 4) where steps[1] == "v3" && steps[2] == "api": self = .openAPI(group: "", version: steps[3])
    case ("openapi", 5) where steps[1] == "v3" && steps[2] == "apis":
      self = .openAPI(group: steps[3], version: steps[4])
    case ("apis", 4) where steps[1...] == ["apiextensions.k8s.io", "v1", "customresourcedefinitions"]:
      self = .definitions
    case ("api", 3...):
      self = try Self.resource(steps.dropFirst(2), group: "", version: steps[1], catalog)
    case ("apis", 4...):
      self = try Self.resource(steps.dropFirst(3), group: steps[1], version: steps[2], catalog)
    default: throw .unknownPath
    }
  }

  private static func resource(
    _ path: ArraySlice<String>, group: String, version: String, _ catalog: KindCatalog
  ) throws(APIError) -> APITarget {
    var steps = Array(path)
    var namespace: String?
    if steps.count > 2, steps[0] == "namespaces", ResourceKind.Subresource(rawValue: steps[2]) == nil {
      namespace = steps[1]
      steps.removeFirst(2)
    }
    guard let kind = catalog.kind(group: group, version: version, plural: steps[0]), steps.count <= 3 else {
      throw .unknownPath
    }
    if kind.scope == .cluster, namespace != nil { throw .unknownPath }
    if steps.count == 1 { return .collection(kind, namespace: namespace) }
    if kind.scope == .namespaced, namespace == nil { throw .unknownPath }
    let name = ObjectName(namespace: namespace ?? "", name: steps[1])
    if steps.count == 2 { return .object(kind, name, nil) }
    guard let subresource = ResourceKind.Subresource(rawValue: steps[2]), kind.subresources.contains(subresource) else {
      throw .unknownPath
    }
    return .object(kind, name, subresource)
  }
}
