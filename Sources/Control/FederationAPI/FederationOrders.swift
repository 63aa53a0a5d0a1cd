package import Federation
internal import JSON
package import Kubernetes

/// Keeps orders at the federation API as `Cordon` objects, and requests as annotations of the federated services.
package struct FederationOrders: OrderStore {
  package var client: KubernetesClient
  /// Who asks, `user@host`, where somebody does.
  package var person: String?

  package init(client: KubernetesClient, person: String? = nil) {
    self.client = client
    self.person = person
  }

  package func place(_ record: CordonRecord) async -> IntentResult {
    let cordon = record.cordon
    let object = CordonObject.encode(record)
    let name = CordonObject.name(of: cordon.target, service: cordon.service)
    do throws(KubernetesError) {
      do throws(KubernetesError) {
        _ = try await client.create(CordonObject.resource, object)
      } catch {
        guard error.code == .alreadyExists || error.code == .conflict else { throw error }
        if let refusal = try await standing(name, against: record) { return .refused(.oneDrain, refusal) }
        // Giving a standing order again renews it.
        _ = try await client.patch(CordonObject.resource, name: name, ["spec": object["spec"] ?? [:]])
      }
      return .done("\(cordon.kind.rawValue) of \(cordon.target) until \(cordon.expires)")
    } catch {
      return .failed(explain(error))
    }
  }

  /// What keeps the order from taking the place of the one that stands (rule one-drain); nil when nothing does.
  private func standing(_ name: String, against record: CordonRecord) async throws(KubernetesError) -> String? {
    guard !record.overrides.contains(.oneDrain) else { return nil }
    let object = try await client.get(CordonObject.resource, name: name)
    guard let standing = CordonObject.decode(object)?.record.cordon,
      standing.refuses(record.cordon, at: record.cordon.created)
    else { return nil }
    return "\(standing.refusal); override it by name with --override \(SafetyRule.oneDrain.rawValue)"
  }

  package func report(_ name: String, _ status: CordonStatus, generation: Int64?, at now: Timestamp) async {
    // A status that is not taken is tried again with the next that differs; the order itself does not depend on it.
    _ = try? await client.patch(
      CordonObject.resource, name: name, subresource: "status",
      CordonObject.encode(status, generation: generation, at: now))
  }

  package func remove(_ name: String) async { _ = try? await client.delete(CordonObject.resource, name: name) }

  package func lift(_ target: CordonTarget, service: ServiceKey?) async -> IntentResult {
    do throws(KubernetesError) {
      try await client.delete(CordonObject.resource, name: CordonObject.name(of: target, service: service))
      return .done("\(target) may serve again")
    } catch {
      return error.code == .notFound ? .done("\(target) was not cordoned") : .failed(explain(error))
    }
  }

  package func requestReconcile(_ services: [ServiceKey], at now: Timestamp) async -> IntentResult {
    let request = person.map { "\(now) by \($0)" } ?? now.description
    do throws(KubernetesError) {
      for key in services {
        _ = try await client.patch(
          .services, namespace: key.namespace, name: key.name,
          ["metadata": ["annotations": ["\(annotationPrefix)reconcile": .string(request)]]])
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
