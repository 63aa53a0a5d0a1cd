package import Federation
internal import JSON
package import Kubernetes

/// Gives and lifts rollbacks at the federation API.
package struct RollbackOrders: Sendable {
  package var client: KubernetesClient

  package init(client: KubernetesClient) { self.client = client }

  package func place(_ order: RollbackOrder) async throws(KubernetesError) {
    let object = RollbackObject.encode(order)
    do throws(KubernetesError) {
      _ = try await client.create(CordonObject.resource, object)
    } catch {
      guard error.code == .alreadyExists else { throw error }
      // Giving a standing order again renews it; what the old one overrode is not overridden by the new one.
      var spec = object["spec"] ?? [:]
      if order.overrides.isEmpty { spec["overrides"] = .null }
      _ = try await client.patch(
        CordonObject.resource, name: RollbackObject.name(of: order.service), ["spec": spec])
    }
  }

  /// - Returns: false when there was none.
  package func lift(_ service: ServiceKey) async throws(KubernetesError) -> Bool {
    do throws(KubernetesError) {
      try await client.delete(CordonObject.resource, name: RollbackObject.name(of: service))
      return true
    } catch {
      guard error.code == .notFound else { throw error }
      return false
    }
  }
}
