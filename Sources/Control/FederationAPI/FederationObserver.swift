internal import Federation
internal import JSON
package import Kubernetes

/// Watches the federation API: the federated services that the configuration selects, and the cordons.
package struct FederationObserver: Observer {
  package var client: KubernetesClient
  package var selection: Configuration.ServiceSelection

  package init(client: KubernetesClient, selection: Configuration.ServiceSelection) {
    self.client = client
    self.selection = selection
  }

  package func observe(_ report: @escaping @Sendable (Observation) async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watchServices(report) }
      group.addTask { await self.watchCordons(report) }
      group.addTask { await self.watchVantagePoints(report) }
    }
  }

  private func watchServices(_ report: @escaping @Sendable (Observation) async -> Void) async {
    for await update in client.watch(ServiceObject.self, namespace: nil) {
      switch update {
      case .replaced(let services):
        let list = services.filter(isSelected).map { (ServiceKey($0.key), $0.declaration) }
        await report(.services(.replaced(Dictionary(list) { $1 })))
      case .applied(let service):
        // A service that is no longer selected vanishes; that is not a deletion.
        if isSelected(service) {
          await report(.services(.set(ServiceKey(service.key), service.declaration)))
        } else {
          await report(.services(.deselected(ServiceKey(service.key))))
        }
      case .removed(let key): await report(.services(.removed(ServiceKey(key))))
      case .interrupted(let error): await report(.federationSilent(error.description))
      default: break
      }
    }
  }

  private func isSelected(_ service: ServiceObject) -> Bool {
    // The end of a service is followed to the end, whatever it was changed to before.
    service.isDeleting || selection.selects(ServiceKey(service.key), labels: service.labels)
  }

  private func watchCordons(_ report: @escaping @Sendable (Observation) async -> Void) async {
    for await update in client.watch(CustomObject.self, resource: CordonObject.resource) {
      switch update {
      case .replaced(let objects):
        let rollbacks = objects.compactMap { RollbackObject.decode($0.value) }.map { ($0.name, $0.order) }
        await report(.rollbacks(.replaced(Dictionary(rollbacks) { $1 })))
        let list = objects.compactMap { CordonObject.decode($0.value) }.map { ($0.name, $0.record) }
        await report(.cordons(.replaced(Dictionary(list) { $1 })))
      case .applied(let object):
        if let cordon = CordonObject.decode(object.value) {
          await report(.cordons(.set(cordon.name, cordon.record)))
        } else if let rollback = RollbackObject.decode(object.value) {
          await report(.rollbacks(.set(rollback.name, rollback.order)))
        }
      case .removed(let key):
        await report(.rollbacks(.removed(key.name)))
        await report(.cordons(.removed(key.name)))
      case .interrupted(let error) where error.code == .notFound:
        // The API server does not know cordons: there are none, and placing one says what is missing.
        await report(.cordons(.replaced([:])))
      case .interrupted(let error): await report(.federationSilent(error.description))
      default: break
      }
    }
  }
}

extension ServiceObject {
  fileprivate var declaration: ServiceDeclaration {
    ServiceDeclaration(
      ttl: annotations["\(annotationPrefix)ttl"].flatMap { UInt32($0) }.flatMap {
        (1...604_800).contains($0) ? $0 : nil
      },
      reconcileRequest: annotations["\(annotationPrefix)reconcile"], isDeleting: isDeleting,
      clusters: annotations[FederationMarks.clusters].flatMap { try? ClusterSelector($0) },
      refusals: (annotations[FederationMarks.refused].flatMap { try? JSONValue.parse($0) }?.object ?? [:])
        .compactMapValues { $0.string.map { cleanLine($0) } },
      probe: probe, port: port)
  }

  /// How the service asks to be probed; what cannot be read as a way to probe is taken for a TCP connection.
  var probe: ServiceProbe? {
    guard let text = annotations["\(annotationPrefix)probe"] else { return .tcp }
    return text == "none" ? nil : ServiceProbe(text) ?? .tcp
  }
}

/// The prefix of zonetop's own annotations at the federation API.
let annotationPrefix = "federation.zonetop.dev/"
