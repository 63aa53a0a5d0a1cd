internal import JSON
package import Kubernetes

/// Credentials of joined clusters as Secrets at a real API server: `zonetop-system/cluster-NAME`, key `kubeconfig`.
package enum ClusterSecrets {
  /// Writes a Secret, over an old one of the same name.
  package static func keep(
    _ kubeconfig: String, of cluster: String, at federation: KubernetesClient
  ) async throws(KubernetesError) -> ObjectKey {
    let key = ObjectKey(namespace: FederationMarks.namespace, name: "cluster-\(cluster)")
    let secret: JSONValue = [
      "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
      "metadata": ["name": .string(key.name), "namespace": .string(key.namespace)],
      "data": [StoredCredentials.key: .string(base64Encoded(Array(kubeconfig.utf8)))],
    ]
    try await federation.ensureNamespace(key.namespace)
    do {
      _ = try await federation.create(.secrets, namespace: key.namespace, secret)
    } catch {
      guard error.code == .alreadyExists else { throw error }
      _ = try await federation.replace(.secrets, namespace: key.namespace, name: key.name, secret)
    }
    return key
  }

  /// Removes it; one that is gone is gone.
  package static func forget(_ cluster: String, at federation: KubernetesClient) async throws(KubernetesError) {
    do {
      try await federation.delete(.secrets, namespace: FederationMarks.namespace, name: "cluster-\(cluster)")
    } catch {
      guard error.code == .notFound else { throw error }
    }
  }
}
