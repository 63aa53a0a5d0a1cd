internal import HTTPTransport

/// A kind of object as the API server addresses it: group, version and plural name.
package struct ResourceType: Hashable, Sendable {
  /// Empty for the core group.
  package var group: String
  package var version: String
  /// The plural in lower case, e.g. `endpointslices`.
  package var plural: String

  package init(group: String = "", version: String, plural: String) {
    self.group = group
    self.version = version
    self.plural = plural
  }

  package static let services = ResourceType(version: "v1", plural: "services")
  package static let endpoints = ResourceType(version: "v1", plural: "endpoints")
  package static let nodes = ResourceType(version: "v1", plural: "nodes")
  package static let namespaces = ResourceType(version: "v1", plural: "namespaces")
  package static let events = ResourceType(version: "v1", plural: "events")
  package static let configMaps = ResourceType(version: "v1", plural: "configmaps")
  package static let secrets = ResourceType(version: "v1", plural: "secrets")
  package static let accessReviews = ResourceType(
    group: "authorization.k8s.io", version: "v1", plural: "selfsubjectaccessreviews")
  package static let endpointSlices = ResourceType(
    group: "discovery.k8s.io", version: "v1", plural: "endpointslices")
  package static let endpointSlicesBeta = ResourceType(
    group: "discovery.k8s.io", version: "v1beta1", plural: "endpointslices")

  /// The path of the collection, of one object in it, or of that object's subresource.
  ///
  /// - Parameter namespace: nil for all namespaces and for cluster-wide kinds.
  package func path(namespace: String? = nil, name: String? = nil, subresource: String? = nil) -> String {
    var path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    if let namespace { path += "/namespaces/\(percentEncoded(namespace))" }
    path += "/\(plural)"
    if let name { path += "/\(percentEncoded(name))" }
    if let subresource { path += "/\(subresource)" }
    return path
  }
}
