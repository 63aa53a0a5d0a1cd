package import APIServer
import Federation
import JSON

/// Breaks and mends the clusters of a simulation: for the dashboard's `:chaos` and for scripts.
package actor Chaos {
  /// The names of all clusters, sorted.
  package nonisolated let clusters: [String]
  private let endpoints: [String: APIEndpoint]
  private let regions: [String: [String]]
  private let clock: any ServerClock
  /// What is still to come for a cluster: mending, or the next beat of a flap. Owned here, cancelled by ``stop()``.
  private var pending: [String: Task<Void, Never>] = [:]
  private var playing: Task<Void, Never>?

  init(endpoints: [String: APIEndpoint], regions: [String: [String]], clock: any ServerClock) {
    self.clusters = endpoints.keys.sorted()
    self.endpoints = endpoints
    self.regions = regions
    self.clock = clock
  }

  /// Carries out an order and returns one line that says what was done.
  @discardableResult
  package func perform(_ command: ChaosCommand) async throws(ChaosError) -> String {
    let names = regions[command.target] ?? [command.target]
    for name in names {
      guard let endpoint = endpoints[name] else {
        throw ChaosError(
          "no cluster or region is called \"\(command.target)\": take one of \(clusters.joined(separator: ", "))")
      }
      try await perform(command, on: endpoint, called: name)
    }
    return "\(command.action.verb) \(names.joined(separator: ", "))"
  }

  /// What is wrong with a cluster's endpoint now.
  package func fault(of cluster: String) async -> EndpointFault? { await endpoints[cluster]?.fault }

  /// Plays a script from its beginning; an order that fails is passed over.
  func play(_ script: Script) {
    playing?.cancel()
    playing = Task {
      var now = Duration.zero
      for step in script.steps {
        guard (try? await clock.sleep(for: step.at - now)) != nil else { return }
        now = step.at
        _ = try? await perform(step.command)
      }
    }
  }

  func stop() {
    playing?.cancel()
    for task in pending.values { task.cancel() }
    pending = [:]
  }

  private func perform(_ command: ChaosCommand, on endpoint: APIEndpoint, called name: String) async throws(ChaosError)
  {
    pending.removeValue(forKey: name)?.cancel()
    switch command.action {
    case .scale(let service, let replicas):
      let before = try await scale(service, to: replicas, at: endpoint, called: name)
      later(command.duration, for: name) { chaos in
        _ = try? await chaos.scale(service, to: before, at: endpoint, called: name)
      }
      return
    case .up: await endpoint.setFault(nil)
    case .down: await endpoint.setFault(.down)
    case .slow(let delay): await endpoint.setFault(.slow(delay))
    case .partition: await endpoint.setFault(.partition)
    case .flap(let period, let times):
      pending[name] = Task { [clock] in
        for beat in 0..<2 * times {
          await endpoint.setFault(beat.isMultiple(of: 2) ? .down : nil)
          guard (try? await clock.sleep(for: period / 2)) != nil else { return }
        }
      }
      return
    }
    later(command.duration, for: name) { _ in await endpoint.setFault(nil) }
  }

  private func later(_ delay: Duration?, for name: String, _ body: @escaping @Sendable (Chaos) async -> Void) {
    guard let delay else { return }
    pending[name] = Task {
      if (try? await clock.sleep(for: delay)) != nil { await body(self) }
    }
  }

  /// Scales the Deployment of a service's name and returns how many replicas it had.
  @discardableResult
  private func scale(
    _ service: ServiceKey, to replicas: Int, at endpoint: APIEndpoint, called cluster: String
  ) async throws(ChaosError) -> Int {
    let name = ObjectName(namespace: service.namespace, name: service.name)
    do throws(APIError) {
      let before = try await endpoint.get(.deployment, name).value[at: ["spec", "replicas"]]?.integer ?? 0
      try await endpoint.patch(
        .deployment, name, .merge(["spec": ["replicas": .integer(Int64(replicas))]]), by: .client)
      return Int(before)
    } catch {
      throw ChaosError("cannot scale \(service) in \(cluster): \(error.message)")
    }
  }
}

extension ChaosCommand.Action {
  var verb: String {
    switch self {
    case .scale(let service, let replicas): "scaled \(service) to \(replicas) in"
    case .down: "down:"
    case .slow(let delay): "slow by \(delay):"
    case .partition: "partitioned:"
    case .flap(_, let times): "flaps \(times) times:"
    case .up: "up:"
    }
  }
}
