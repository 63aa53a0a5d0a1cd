/// The endpoints of a server by the path that each is served under.
package actor EndpointTable {
  private var endpoints: [Substring: APIEndpoint] = [:]

  package init() {}

  /// Serves an endpoint from now on; one at the same path is replaced.
  package func add(_ endpoint: APIEndpoint) { endpoints[endpoint.path[...]] = endpoint }

  /// The endpoint whose path begins a request's path, at most two steps long.
  func endpoint(for path: Substring) -> APIEndpoint? {
    var prefix = path
    while true {
      if let found = endpoints[prefix] { return found }
      guard let slash = prefix.lastIndex(of: "/") else { return nil }
      prefix = prefix[..<slash]
    }
  }
}
