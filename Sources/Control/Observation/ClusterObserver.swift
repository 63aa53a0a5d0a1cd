internal import Federation
package import Kubernetes

/// Watches one member cluster and probes its API, and reports what it says; one dead cluster costs the others nothing.
package struct ClusterObserver: Observer {
  package var name: String
  package var client: KubernetesClient
  package var clock: any Clock<Duration>
  /// How long a probe may take, and the pause after it: three in a row fit well into the time after which a silent cluster
  /// is doubted.
  private let probeTimeout: Duration
  private let probeInterval: Duration
  /// The pause after a probe that was answered.
  private let calmInterval: Duration
  /// Ended by a watch that breaks off.
  private let nap = Nap()

  /// - Parameters:
  ///   - unreachableAfter: after so long a silent cluster may be taken out.
  ///   - onlyLooks: nothing is decided by what is seen here, so that a cluster which answers and whose watches stand is
  ///     probed seldom: every five seconds, which no screen tells from every second.
  package init(
    name: String, client: KubernetesClient, clock: any Clock<Duration>, unreachableAfter: Duration = .seconds(60),
    onlyLooks: Bool = false
  ) {
    self.name = name
    self.client = client
    self.clock = clock
    probeTimeout = min(.seconds(3), max(.milliseconds(200), unreachableAfter / 5))
    probeInterval = min(.seconds(1), max(.milliseconds(100), unreachableAfter / 10))
    calmInterval = onlyLooks ? max(probeInterval, min(.seconds(5), unreachableAfter / 10)) : probeInterval
  }

  package func observe(_ report: @escaping @Sendable (Observation) async -> Void) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watchNodes(report) }
      group.addTask { await self.watchServices(report) }
      group.addTask { await self.watchEndpoints(report) }
      group.addTask { await self.probe(report) }
    }
  }

  private func probe(_ report: @escaping @Sendable (Observation) async -> Void) async {
    while !Task.isCancelled {
      let result: ProbeResult
      do throws(KubernetesError) {
        try await client.probe(timeout: probeTimeout)
        result = .ready
      } catch {
        // Only a server that says itself that it is not ready is that. One that refuses our credentials, or whose
        // certificate we do not trust, says nothing of its shards: unknown is not unhealthy.
        result = error.code == .unavailable ? .notReady(error.description) : .unreachable(error.description)
      }
      if Task.isCancelled { return }
      await report(.cluster(name, .probe(result)))
      await nap.take(result == .ready ? calmInterval : probeInterval, on: clock)
    }
  }

  private func watchNodes(_ report: @escaping @Sendable (Observation) async -> Void) async {
    for await update in client.watch(NodeObject.self, namespace: nil) {
      switch update {
      case .replaced(let nodes):
        await report(.cluster(name, .nodes(Dictionary(nodes.map { ($0.key.name, $0.place) }) { $1 })))
      case .applied(let node): await report(.cluster(name, .node(node.key.name, node.place)))
      case .removed(let key): await report(.cluster(name, .node(key.name, nil)))
      case .interrupted: nap.end()
      case .restored: break
      }
    }
  }

  private func watchServices(_ report: @escaping @Sendable (Observation) async -> Void) async {
    for await update in client.watch(ServiceObject.self, namespace: nil) {
      switch update {
      case .replaced(let services):
        let list = services.map { (ServiceKey($0.key), $0.externalAddresses) }
        await report(.cluster(name, .services(Dictionary(list) { $1 })))
      case .applied(let service):
        await report(.cluster(name, .service(ServiceKey(service.key), service.externalAddresses)))
      case .removed(let key): await report(.cluster(name, .service(ServiceKey(key), nil)))
      case .interrupted: nap.end()
      case .restored: break
      }
    }
  }

  private func watchEndpoints(_ report: @escaping @Sendable (Observation) async -> Void) async {
    // A slice names its service only while it is there; its deletion names the slice alone.
    var owners: [ObjectKey: ServiceKey] = [:]
    for await update in client.watch(EndpointSliceObject.self, namespace: nil) {
      switch update {
      case .replaced(let slices):
        owners = [:]
        var list: [ServiceKey: [String: ClusterFacts.Endpoints]] = [:]
        for slice in slices {
          guard let service = slice.serviceKey else { continue }
          owners[slice.key] = service
          list[service, default: [:]][slice.key.name] = slice.endpoints
        }
        await report(.cluster(name, .endpoints(list)))
      case .applied(let slice):
        let before = owners[slice.key]
        owners[slice.key] = slice.serviceKey
        if let before, before != slice.serviceKey {
          await report(.cluster(name, .endpoint(slice.key.name, before, nil)))
        }
        if let service = slice.serviceKey {
          await report(.cluster(name, .endpoint(slice.key.name, service, slice.endpoints)))
        }
      case .removed(let key):
        guard let service = owners.removeValue(forKey: key) else { continue }
        await report(.cluster(name, .endpoint(key.name, service, nil)))
      case .interrupted: nap.end()
      case .restored: break
      }
    }
  }
}

extension ServiceKey {
  init(_ key: ObjectKey) { self.init(namespace: key.namespace, name: key.name) }
}

extension NodeObject {
  fileprivate var place: ClusterFacts.Place { ClusterFacts.Place(region: region, zone: zone) }
}

extension EndpointSliceObject {
  fileprivate var serviceKey: ServiceKey? { service.map { ServiceKey(namespace: key.namespace, name: $0) } }

  fileprivate var endpoints: ClusterFacts.Endpoints {
    let family: ClusterFacts.Endpoints.Family =
      switch addressType {
      case .ipv6: .v6
      case .fqdn: .name
      case .ipv4, .other: .v4
      }
    return ClusterFacts.Endpoints(family: family, ready: readyEndpoints, total: totalEndpoints)
  }
}
