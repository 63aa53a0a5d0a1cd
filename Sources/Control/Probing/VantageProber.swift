package import Federation
internal import JSON
package import Kubernetes
package import Logging

/// Probes the federated services from where this process runs, and reports what it sees at the federation API.
///
/// It needs nothing but the federation API: services and their addresses come from there, the report goes there. Changes
/// go out at once, and a sign of life every interval.
package actor VantageProber {
  private let client: KubernetesClient
  private let name: String
  private let location: String?
  private let prober: DataPlaneProber
  private let clock: any Clock<Duration>
  private let now: @Sendable () -> Timestamp
  private let log: Logger
  private var services: [ObjectKey: ServiceObject] = [:]
  private var isRead = false

  package init(
    client: KubernetesClient, name: String, location: String?, prober: DataPlaneProber, clock: any Clock<Duration>,
    now: @escaping @Sendable () -> Timestamp, log: Logger
  ) {
    self.client = client
    self.name = name
    self.location = location
    self.prober = prober
    self.clock = clock
    self.now = now
    self.log = log
  }

  /// Runs until cancelled.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watch() }
      group.addTask { await self.probe() }
    }
  }

  private func watch() async {
    for await update in client.watch(ServiceObject.self, namespace: nil) {
      switch update {
      case .replaced(let list):
        services = Dictionary(list.map { ($0.key, $0) }) { $1 }
        isRead = true
      case .applied(let service): services[service.key] = service
      case .removed(let key): services[key] = nil
      case .interrupted(let error): log.warning("the federation API: \(error.description)")
      default: break
      }
    }
  }

  private var targets: Set<ProbeTarget> {
    var targets: Set<ProbeTarget> = []
    for service in services.values {
      guard let probe = service.probe, let port = probe.port ?? service.port else { continue }
      for text in service.externalAddresses {
        guard let address = IPAddress(text) else { continue }
        targets.insert(ProbeTarget(address: address.description, port: port, method: probe.method))
      }
    }
    return targets
  }

  private func probe() async {
    var book = ProbeBook()
    var reported: Timestamp?
    var hasChanged = true
    while !Task.isCancelled {
      let due = isRead ? book.next(targets, suspicious: []) : []
      if !due.isEmpty, book.take(await prober.probe(due), at: now()) { hasChanged = true }
      if Task.isCancelled { return }
      let isDue = reported.map { now() - $0 >= prober.settings.interval || now() < $0 } ?? true
      if isRead, hasChanged || isDue {
        if await report(hasChanged ? book.histories : nil) {
          reported = now()
          hasChanged = false
        } else {
          // What is there after a failure is not known: the next report is a whole one.
          hasChanged = true
        }
      }
      try? await clock.sleep(for: prober.settings.interval / ProbeBook.roundsPerInterval)
    }
  }

  private func report(_ findings: [ProbeTarget: ProbeHistory]?) async -> Bool {
    let status = VantagePointObject.status(findings, at: now())
    do throws(KubernetesError) {
      do throws(KubernetesError) {
        _ = try await client.patch(VantagePointObject.resource, name: name, subresource: "status", status)
      } catch {
        guard error.code == .notFound else { throw error }
        _ = try await client.create(
          VantagePointObject.resource,
          VantagePointObject.encode(name: name, location: location, interval: prober.settings.interval))
        _ = try await client.patch(VantagePointObject.resource, name: name, subresource: "status", status)
      }
      return true
    } catch {
      log.warning("the report was not taken: \(error.description)")
      return false
    }
  }
}
