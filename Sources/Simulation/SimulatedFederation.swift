package import APIServer
import Federation
package import Logging

/// A whole federation in one process: member clusters and the federation API, served over HTTP like real ones.
///
/// The name server is not part of it; the files written for others expect one at ``dnsPort``.
package actor SimulatedFederation {
  /// The names of the clusters, which are also their contexts, in the order of the plan.
  package nonisolated let clusters: [String]
  package nonisolated let apiPort: Int
  /// Where the name server is to listen: the port after ``apiPort``.
  package nonisolated let dnsPort: Int
  package nonisolated let kubeconfigPath: String
  package nonisolated let configPath: String
  package nonisolated let chaos: Chaos
  private let server: APIServer
  private let controllers: Task<Void, Never>

  private init(
    server: APIServer, clusters: [String], dnsPort: Int, paths: (kubeconfig: String, config: String), chaos: Chaos,
    controllers: Task<Void, Never>
  ) {
    self.server = server
    self.clusters = clusters
    self.apiPort = server.port
    self.dnsPort = dnsPort
    self.kubeconfigPath = paths.kubeconfig
    self.configPath = paths.config
    self.chaos = chaos
    self.controllers = controllers
  }

  /// Builds the world, serves it, writes the files and begins the script.
  package static func start(
    _ options: SimulationOptions, clock: any ServerClock = SystemServerClock(), logger: Logger
  ) async throws(SimulationError) -> SimulatedFederation {
    let plan = WorldPlan(clusters: options.clusters, services: options.services, seed: options.seed)
    let table = EndpointTable()
    let members = try await build(plan, options: options, clock: clock)
    for member in members { await table.add(member.endpoint) }
    if options.federation == nil {
      let endpoint = APIEndpoint(path: "/federation", catalog: .federation, clock: clock)
      try await furnish(endpoint, for: options)
      await table.add(endpoint)
    }
    let server: APIServer
    do {
      server = try await APIServer.start(host: options.host, port: options.port, endpoints: table, logger: logger)
    } catch {
      throw SimulationError(error.description)
    }
    let names = plan.clusters.map(\.name)
    let files = WorldFiles(
      host: options.host, apiPort: server.port, dnsPort: server.port + 1, clusters: names,
      federation: options.federation)
    let paths: (kubeconfig: String, config: String)
    do throws(SimulationError) {
      paths.kubeconfig = try await TextFile.write(files.kubeconfig, to: "kubeconfig", in: options.directory)
      paths.config = try await TextFile.write(files.config, to: "config.yaml", in: options.directory)
    } catch {
      await server.stop()
      throw error
    }
    // Owned by the simulation, which cancels it in `stop`.
    let controllers = Task {
      await withDiscardingTaskGroup { group in
        for member in members { group.addTask { await member.controller.run(from: member.revision) } }
      }
    }
    let endpoints = Dictionary(zip(names, members.map(\.endpoint))) { first, _ in first }
    let regions = Dictionary(grouping: plan.clusters, by: \.region).mapValues { $0.map(\.name) }
    let chaos = Chaos(endpoints: endpoints, regions: regions, clock: clock)
    await chaos.play(options.script)
    return SimulatedFederation(
      server: server, clusters: names, dnsPort: files.dnsPort, paths: paths, chaos: chaos, controllers: controllers)
  }

  /// Ends everything that ``start(_:clock:logger:)`` began; the files stay.
  package func stop() async {
    await chaos.stop()
    controllers.cancel()
    await server.stop()
    await controllers.value
  }

  private static func build(
    _ plan: WorldPlan, options: SimulationOptions, clock: any ServerClock
  ) async throws(SimulationError) -> [SimulatedCluster] {
    do {
      return try await withThrowingTaskGroup(of: (Int, SimulatedCluster).self) { group in
        for (index, cluster) in plan.clusters.enumerated() {
          group.addTask { (index, try await SimulatedCluster.make(cluster, options: options, clock: clock)) }
        }
        var members: [(Int, SimulatedCluster)] = []
        for try await member in group { members.append(member) }
        return members.sorted { $0.0 < $1.0 }.map(\.1)
      }
    } catch {
      throw SimulationError("cannot build the simulated clusters: \(error)")
    }
  }

  /// Puts the federated services of a world into a federation API, where they are absent.
  package static func furnish(
    _ endpoint: APIEndpoint, for options: SimulationOptions
  ) async throws(SimulationError) {
    let plan = WorldPlan(clusters: options.clusters, services: options.services, seed: options.seed)
    do throws(APIError) {
      for name in Set(["default", "kube-system"] + plan.services.map(\.namespace)).sorted() {
        guard (try? await endpoint.get(.namespace, ObjectName(name: name))) == nil else { continue }
        try await endpoint.create(.namespace, SimulatedObjects.namespace(name), by: .controller)
      }
      for key in plan.services {
        let name = ObjectName(namespace: key.namespace, name: key.name)
        guard (try? await endpoint.get(.service, name)) == nil else { continue }
        try await endpoint.create(
          .service, in: key.namespace, SimulatedObjects.service(key, address: nil), by: .controller)
      }
    } catch {
      throw SimulationError("cannot put the demo's services into the federation API: \(error.message)")
    }
  }
}
