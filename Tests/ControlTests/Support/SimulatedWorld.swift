import Control
import Federation
import Foundation
import HTTPTransport
import JSON
import Kubernetes
import Logging
import Simulation
import Synchronization

/// A simulated federation, clients of all its endpoints, and a propagator between them.
final class SimulatedWorld: Sendable {
  let simulation: SimulatedFederation
  let gate: OpenGate
  private let folder: String
  private let kubeconfig: Kubeconfig
  private let transport: HTTPTransport
  private let running = Mutex<Task<Void, Never>?>(nil)

  private init(_ simulation: SimulatedFederation, in folder: String) async throws {
    self.simulation = simulation
    self.folder = folder
    gate = OpenGate(simulation.clusters)
    kubeconfig = try await Kubeconfig.load(explicit: simulation.kubeconfigPath, environment: [:])
    transport = try HTTPTransport()
  }

  static func start(clusters: Int) async throws -> SimulatedWorld {
    let folder = "/tmp/zonetop-propagation-\(UInt32.random(in: 0 ... .max))"
    return try await SimulatedWorld(
      try await SimulatedFederation.start(
        SimulationOptions(clusters: clusters, port: 0, directory: folder),
        logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }), in: folder)
  }

  func client(_ context: String = "federation-cluster") async throws -> KubernetesClient {
    KubernetesClient(access: try await kubeconfig.access(context: context), transport: transport)
  }

  /// Starts a propagator; one that runs already is ended first.
  func propagate(patience: Duration = .seconds(60)) async throws -> Propagator {
    await endPropagator()
    let federation = try await client()
    let now: @Sendable () -> Timestamp = { SeedWorld.start }
    let propagator = Propagator(
      federation: "myfederation", client: federation, selection: Configuration.ServiceSelection(), patience: patience,
      events: EventRecorder(client: federation, now: now),
      log: Logger(label: "propagation") { _ in SwiftLogNoOpLogHandler() }, clock: ContinuousClock())
    for name in simulation.clusters { await propagator.attach(name, try await client(name)) }
    let gate = gate
    running.withLock { $0 = Task { await propagator.run(gate: gate) } }
    return propagator
  }

  func endPropagator() async {
    let task = running.withLock { task in
      defer { task = nil }
      return task
    }
    task?.cancel()
    await task?.value
  }

  func stop() async {
    await endPropagator()
    await simulation.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  func service(_ name: String, annotations: [String: JSONValue] = [:]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Service",
      "metadata": [
        "name": .string(name), "namespace": "mynamespace", "labels": ["run": .string(name)],
        "annotations": .object(annotations),
      ],
      "spec": ["type": "LoadBalancer", "selector": ["run": .string(name)], "ports": [["port": 80]]],
    ]
  }

  func create(_ name: String, annotations: [String: JSONValue] = [:]) async throws {
    _ = try await client().create(.services, namespace: "mynamespace", service(name, annotations: annotations))
  }

  /// The Service in a cluster, or at the federation API; nil when there is none.
  func read(_ name: String, at context: String = "federation-cluster") async -> JSONValue? {
    try? await client(context).get(.services, namespace: "mynamespace", name: name)
  }

  /// The clusters that have a Service.
  func places(of name: String) async -> Set<String> {
    var found: Set<String> = []
    for cluster in simulation.clusters where await read(name, at: cluster) != nil { found.insert(cluster) }
    return found
  }

  /// Polls: the condition is the world's, so that there is nothing to inject.
  func eventually(within limit: Duration = .seconds(20), _ condition: () async -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if await condition() { return true }
      try? await Task.sleep(for: .milliseconds(20))
    }
    return await condition()
  }
}
