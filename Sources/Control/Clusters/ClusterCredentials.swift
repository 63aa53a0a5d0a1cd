internal import JSON
package import Kubernetes

/// Finds how a cluster that was joined at the federation API is reached.
package protocol ClusterCredentials: Sendable {
  /// - Throws: an error that never holds what it is about.
  func access(to cluster: ClusterObject) async throws(KubernetesError) -> ClusterAccess
}

/// Credentials where ``ClusterJoin`` puts them: a Secret at a real API server, a file beside the embedded API's store, or
/// a context of this process's kubeconfig.
package struct StoredCredentials: ClusterCredentials {
  private let federation: KubernetesClient
  private let kubeconfig: Kubeconfig
  private let folder: String?

  /// The key of the Secret that holds a kubeconfig.
  static let key = "kubeconfig"

  /// - Parameter folder: where files of credentials are, for an embedded federation API.
  package init(federation: KubernetesClient, kubeconfig: Kubeconfig, folder: String?) {
    self.federation = federation
    self.kubeconfig = kubeconfig
    self.folder = folder
  }

  package func access(to cluster: ClusterObject) async throws(KubernetesError) -> ClusterAccess {
    if let secret = cluster.secret {
      let object = try await federation.get(.secrets, namespace: secret.namespace, name: secret.name)
      guard let bytes = object["data"]?[Self.key]?.string.flatMap({ base64Decoded($0) }) else {
        throw KubernetesError(.configuration, "the Secret \(secret) has no key \(Self.key): join the cluster again")
      }
      var config = Kubeconfig()
      try config.add(String(decoding: bytes, as: UTF8.self), path: "Secret \(secret)")
      return try await config.access(context: nil)
    }
    if let context = cluster.context { return try await kubeconfig.access(context: context) }
    guard let folder else {
      throw KubernetesError(
        .configuration, "the Cluster \(cluster.name) names neither a secretRef nor a context: join it again")
    }
    return try await Kubeconfig.load(explicit: "\(folder)/\(cluster.name).kubeconfig", environment: [:])
      .access(context: nil)
  }
}
