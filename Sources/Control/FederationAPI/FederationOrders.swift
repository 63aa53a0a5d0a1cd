package import Federation
internal import JSON
package import Kubernetes

/// Keeps orders at the federation API as `Cordon` objects, and requests as annotations of the federated services.
package struct FederationOrders: OrderStore {
  package var client: KubernetesClient

  package init(client: KubernetesClient) { self.client = client }

  package func place(_ record: CordonRecord) async -> IntentResult {
    let cordon = record.cordon
    let object = CordonObject.encode(record)
    let name = CordonObject.name(of: cordon.target, service: cordon.service)
    do throws(KubernetesError) {
      do throws(KubernetesError) {
        _ = try await client.create(CordonObject.resource, object)
      } catch {
        guard error.code == .alreadyExists || error.code == .conflict else { throw error }
        // Giving a standing order again renews it.
        _ = try await client.patch(CordonObject.resource, name: name, ["spec": object["spec"] ?? [:]])
      }
      return .done("\(cordon.kind.rawValue) of \(cordon.target) until \(cordon.expires)")
    } catch {
      return .failed(explain(error))
    }
  }

  package func lift(_ target: CordonTarget, service: ServiceKey?) async -> IntentResult {
    do throws(KubernetesError) {
      try await client.delete(CordonObject.resource, name: CordonObject.name(of: target, service: service))
      return .done("\(target) may serve again")
    } catch {
      return error.code == .notFound ? .done("\(target) was not cordoned") : .failed(explain(error))
    }
  }

  package func requestReconcile(_ services: [ServiceKey], at now: Timestamp) async -> IntentResult {
    do throws(KubernetesError) {
      for key in services {
        _ = try await client.patch(
          .services, namespace: key.namespace, name: key.name,
          ["metadata": ["annotations": ["\(annotationPrefix)reconcile": .string(now.description)]]])
      }
      let what = services.count == 1 ? services[0].description : "\(services.count) services"
      return .done("asked the controller to reconcile \(what)")
    } catch {
      return .failed(error.description)
    }
  }

  private func explain(_ error: KubernetesError) -> String {
    error.code == .notFound
      ? "the federation API does not know cordons; apply Deploy/crds/cordons.yaml there (\(error.description))"
      : error.description
  }
}
