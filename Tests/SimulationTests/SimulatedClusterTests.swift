import APIServer
import JSON
import Testing

@testable import Simulation

@Suite struct SimulatedClusterTests {
  @Test(.timeLimit(.minutes(1))) func scalingToNothingEmptiesTheSliceThatAWatchSees() async throws {
    let plan = WorldPlan(clusters: 1, services: 1, seed: 1)
    let options = SimulationOptions(port: 0, directory: "", podStart: .zero)
    let cluster = try await SimulatedCluster.make(plan.clusters[0], options: options, clock: SystemServerClock())
    let running = Task { await cluster.controller.run(from: cluster.revision) }
    defer { running.cancel() }
    let watch = try await cluster.endpoint.watch(
      WatchFilter(kinds: [ResourceKind.endpointSlice.id]), from: .now(announcesEnd: false), isRemote: true)
    let name = ObjectName(namespace: "mynamespace", name: "nginx")
    try await cluster.endpoint.patch(.deployment, name, .merge(["spec": ["replicas": 0]]), by: .client)
    var counts: [Int] = []
    for await message in watch.messages {
      switch message {
      case .added(_, let slice), .modified(_, let slice):
        counts.append(slice.value["endpoints"]?.array?.count ?? -1)
      default: break
      }
      if counts.last == 0 { break }
    }
    #expect(counts.first == 3)
    #expect(counts.last == 0)
  }

  @Test func aScriptIsReadWithItsPlaces() throws {
    let script = try Script(
      "steps:\n- { at: 5s, do: scale us-central1-a 0 for 20s }\n- { at: 1s, do: down us-east1 }\n", name: "s")
    #expect(script.steps.map(\.at) == [.seconds(1), .seconds(5)])
    #expect(script.steps[0].command == ChaosCommand(target: "us-east1", action: .down))
    #expect(throws: (any Error).self) { try Script("steps:\n- { at: 5s, do: melt x }\n", name: "s") }
  }
}
