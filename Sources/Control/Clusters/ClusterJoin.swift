internal import Federation
internal import JSON
package import Kubernetes

/// Takes a cluster into the federation: looks at it, makes sure that it can be kept, and writes its object.
package struct ClusterJoin: Sendable {
  package var federation: KubernetesClient
  package var cluster: KubernetesClient
  /// The name of the object and of the member.
  package var name: String
  package var region: String?
  package var zones: [String]
  /// Puts a kubeconfig where the controller finds it; answers the Secret, or nil for a file beside the store.
  package var keep: @Sendable (_ name: String, _ kubeconfig: String) async throws(JoinError) -> ObjectKey?

  package init(
    federation: KubernetesClient, cluster: KubernetesClient, name: String, region: String?, zones: [String],
    keep: @escaping @Sendable (_ name: String, _ kubeconfig: String) async throws(JoinError) -> ObjectKey?
  ) {
    self.federation = federation
    self.cluster = cluster
    self.name = name
    self.region = region
    self.zones = zones
    self.keep = keep
  }

  /// What the controller must be allowed to do in a member cluster (`Deploy/rbac/member-cluster.yaml`).
  static let needs: [(verb: String, group: String, resource: String)] =
    ["list", "watch", "get", "create", "update", "delete"].map { ($0, "", "services") }
    + ["list", "watch"].flatMap { [($0, "discovery.k8s.io", "endpointslices"), ($0, "", "nodes")] }
    + [("create", "", "namespaces")]

  /// Joins the cluster.
  ///
  /// - Returns: one line for people.
  /// - Throws: one line that says what, why and what to do.
  package func run() async throws(JoinError) -> String {
    guard !name.isEmpty, name == ClusterObject.objectName(name) else {
      throw JoinError(
        .usage, "\"\(cleanLine(name))\" is no name for a cluster; write --name with letters, digits and -")
    }
    let version = try await probe()
    let identity = await identity(of: cluster)
    try await refuseTwice(identity)
    try await checkPermissions()
    let kubeconfig: JSONValue
    do { kubeconfig = try await cluster.access.kubeconfig(context: name) } catch {
      throw JoinError(.failed, error.description)
    }
    let secret = try await keep(name, kubeconfig.text())
    let object = ClusterObject.new(
      name: name, server: cluster.access.server, region: region, zones: zones, secret: secret, identity: identity)
    do {
      _ = try await federation.create(ClusterObject.resource, object)
    } catch {
      guard error.code != .notFound else {
        throw JoinError(
          .failed,
          "the federation API does not know clusters: run `zonetop clusters init` for it (\(error.description))")
      }
      throw JoinError(.failed, error.description)
    }
    return "\(name) joined the federation: \(cluster.access.server), \(version)"
  }

  private func probe() async throws(JoinError) -> String {
    do {
      try await cluster.probe(timeout: .seconds(5))
      return cleanLine(try await cluster.get("/version")["gitVersion"]?.string ?? "version unknown")
    } catch {
      let code: JoinError.Code = error.code == .unreachable ? .unreachable : .failed
      throw JoinError(code, "\(name) is not joined, because it does not answer as it should: \(error.description)")
    }
  }

  /// The uid of a cluster's namespace `kube-system`; nil where it may not be read.
  private func identity(of client: KubernetesClient) async -> String? {
    (try? await client.get(.namespaces, name: "kube-system"))?["metadata"]?["uid"]?.string
  }

  private func refuseTwice(_ identity: String?) async throws(JoinError) {
    if cluster.access.server == federation.access.server {
      throw JoinError(.failed, "\(name) is the federation API itself: it cannot be a member of its own federation")
    }
    let objects: [ClusterObject]
    do {
      objects = try await federation.list(CustomObject.self, resource: ClusterObject.resource).compactMap {
        ClusterObject($0.value)
      }
    } catch {
      guard error.code == .notFound else { throw JoinError(.failed, error.description) }
      throw JoinError(.failed, "the federation API does not know clusters: run `zonetop clusters init` for it")
    }
    for other in objects {
      if other.name == name {
        throw JoinError(
          .failed, "a cluster \(name) has joined already (\(cleanLine(other.server))): give another --name")
      }
      if other.server == cluster.access.server {
        throw JoinError(.failed, "\(cleanLine(other.server)) has joined already, as \(other.name)")
      }
      if let identity, other.identity == identity {
        throw JoinError(
          .failed, "\(name) has joined already, as \(other.name) at \(cleanLine(other.server)): both are one cluster")
      }
    }
  }

  private func checkPermissions() async throws(JoinError) {
    var missing: [String] = []
    for need in Self.needs {
      let review: JSONValue = [
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": [
          "resourceAttributes": [
            "verb": .string(need.verb), "group": .string(need.group), "resource": .string(need.resource),
          ]
        ],
      ]
      do {
        let answer = try await cluster.create(.accessReviews, review)
        if answer["status"]?["allowed"]?.bool != true { missing.append("\(need.verb) \(need.resource)") }
      } catch {
        // A server that cannot be asked is found out by working with it.
        guard error.code == .notFound else { throw JoinError(.failed, "\(name): \(error.description)") }
        return
      }
    }
    guard missing.isEmpty else {
      throw JoinError(
        .failed,
        "\(name) is not joined: these credentials may not \(missing.joined(separator: ", ")) there; "
          + "apply Deploy/rbac/member-cluster.yaml and join with the account it makes")
    }
  }
}

/// Why a cluster was not joined: one line for people, without anything secret.
package struct JoinError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Code: Sendable, Hashable { case usage, failed, unreachable }

  package var code: Code
  package var description: String

  package init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
