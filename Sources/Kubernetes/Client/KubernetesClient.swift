package import HTTPTransport
package import JSON

/// Speaks to one cluster's API server: small requests here, lists and watches beside it.
///
/// Copies share their credentials' cache. Secrets go only over TLS. Every failure is a ``KubernetesError``.
package struct KubernetesClient: Sendable {
  package let access: ClusterAccess
  let transport: HTTPTransport
  let credentials: CredentialCache
  /// How long connecting may take.
  package var connectTimeout: Duration
  /// How long an answer may be silent, watches apart.
  package var silenceTimeout: Duration

  package init(
    access: ClusterAccess, transport: HTTPTransport, connectTimeout: Duration = .seconds(5),
    silenceTimeout: Duration = .seconds(30)
  ) {
    self.access = access
    self.transport = transport
    self.connectTimeout = connectTimeout
    self.silenceTimeout = silenceTimeout
    credentials = CredentialCache(access: access)
  }

  /// The largest answer that is read whole; lists are paged far below it.
  static let largestBody = 256 << 20

  /// Reads any path of the API as JSON.
  package func get(_ path: String, query: [(String, String)] = []) async throws(KubernetesError) -> JSONValue {
    try await json("GET", path, query: query)
  }

  /// Reads one object.
  package func get(
    _ resource: ResourceType, namespace: String? = nil, name: String
  ) async throws(KubernetesError) -> JSONValue {
    try await json("GET", resource.path(namespace: namespace, name: name))
  }

  /// Creates an object and returns it as the server stored it.
  package func create(
    _ resource: ResourceType, namespace: String? = nil, _ object: JSONValue
  ) async throws(KubernetesError) -> JSONValue {
    try await json("POST", resource.path(namespace: namespace), body: object.encoded())
  }

  /// Replaces an object; with its `resourceVersion` in it, only if nobody changed it in between.
  package func replace(
    _ resource: ResourceType, namespace: String? = nil, name: String, subresource: String? = nil, _ object: JSONValue
  ) async throws(KubernetesError) -> JSONValue {
    let path = resource.path(namespace: namespace, name: name, subresource: subresource)
    return try await json("PUT", path, body: object.encoded())
  }

  /// How the body of a patch is meant.
  package enum PatchType: String, Hashable, Sendable {
    /// RFC 7396: members replace members, null removes.
    case merge = "application/merge-patch+json"
    /// RFC 6902: a list of operations.
    case json = "application/json-patch+json"
    /// Kubernetes' own: lists merge by their keys. Not for custom resources.
    case strategic = "application/strategic-merge-patch+json"
    /// Server-side apply; the query needs `fieldManager`.
    case apply = "application/apply-patch+yaml"
  }

  /// Changes parts of an object and returns it as the server stored it.
  package func patch(
    _ resource: ResourceType, namespace: String? = nil, name: String, subresource: String? = nil,
    type: PatchType = .merge, query: [(String, String)] = [], _ patch: JSONValue
  ) async throws(KubernetesError) -> JSONValue {
    let path = resource.path(namespace: namespace, name: name, subresource: subresource)
    return try await json("PATCH", path, query: query, body: patch.encoded(), contentType: type.rawValue)
  }

  /// Deletes an object; one that is gone already throws `notFound`.
  ///
  /// - Parameters:
  ///   - uid: Deletes only the object with this uid; another of the same name throws `conflict`.
  ///   - propagation: `Foreground`, `Background` or `Orphan`; nil leaves it to the server.
  @discardableResult
  package func delete(
    _ resource: ResourceType, namespace: String? = nil, name: String, uid: String? = nil, propagation: String? = nil
  ) async throws(KubernetesError) -> JSONValue {
    var options: JSONValue = ["apiVersion": "v1", "kind": "DeleteOptions"]
    if let uid { options["preconditions"] = ["uid": .string(uid)] }
    if let propagation { options["propagationPolicy"] = .string(propagation) }
    return try await json("DELETE", resource.path(namespace: namespace, name: name), body: options.encoded())
  }

  /// Asks whether the server is ready: `/readyz`, or `/healthz` where that is not known.
  ///
  /// - Parameter timeout: for connecting, and again for the answer.
  /// - Throws: `unavailable` when the server says that it is not ready; `unreachable` when nobody answers.
  package func probe(timeout: Duration) async throws(KubernetesError) {
    var probing = self
    probing.connectTimeout = timeout
    probing.silenceTimeout = timeout
    for path in ["/readyz", "/healthz"] {
      do {
        _ = try await probing.send("GET", path, limit: 1 << 20)
        return
      } catch {
        guard error.code == .notFound, path == "/readyz" else { throw error }
      }
    }
  }

  private func json(
    _ method: String, _ path: String, query: [(String, String)] = [], body: [UInt8] = [],
    contentType: String = "application/json"
  ) async throws(KubernetesError) -> JSONValue {
    let answer = try await send(method, path, query: query, body: body, contentType: contentType, limit: 64 << 20)
    do { return try JSONValue.parse(answer.body) } catch {
      throw KubernetesError(.incomplete, "the answer of \(access.server) is no JSON: \(error)")
    }
  }
}
