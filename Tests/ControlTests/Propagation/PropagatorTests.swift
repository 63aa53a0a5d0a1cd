import Federation
import JSON
import Kubernetes
import Simulation
import Testing

@testable import Control

@Suite("Propagation between simulated API servers", .serialized)
struct PropagatorTests {
  private func inWorld(_ clusters: Int, _ body: (SimulatedWorld) async throws -> Void) async throws {
    let world = try await SimulatedWorld.start(clusters: clusters)
    do { try await body(world) } catch { Issue.record(error) }
    await world.stop()
  }

  @Test("13 clusters × 100 services exist everywhere, list every ingress, and a second controller makes no call")
  func many() async throws {
    try await inWorld(13) { world in
      let first = try await world.propagate()
      let began = ContinuousClock.now
      for number in 0..<100 { try await world.create("web-\(number)") }
      let created = ContinuousClock.now
      let arrived = await world.eventually(within: .seconds(60)) {
        var all = true
        for name in world.simulation.clusters where all {
          let list = try? await world.client(name).get("/api/v1/namespaces/mynamespace/services")
          all =
            (list?["items"]?.array ?? []).count { $0["metadata"]?["name"]?.string?.hasPrefix("web-") == true } == 100
        }
        return all
      }
      #expect(arrived)
      print("100 services created in \(created - began), in 13 clusters after \(ContinuousClock.now - began)")
      let listed = await world.eventually(within: .seconds(60)) {
        let list = try? await world.client().get("/api/v1/namespaces/mynamespace/services")
        return (list?["items"]?.array ?? []).allSatisfy { IngressList.points(of: $0).count == 13 }
      }
      #expect(listed)
      print("each lists 13 addresses after \(ContinuousClock.now - began)")
      #expect(await first.calls >= 1300)
      // What is left to be told is told; then nothing more is written.
      #expect(await quiet(first, world))
      let second = try await world.propagate()
      #expect(await world.eventually { await second.isInStep(services: 101, clusters: 13) })
      #expect(await second.calls == 0)
    }
  }

  @Test("A cluster has not left while an adoption is on its way there, and none comes after")
  func leaveDuringAdoption() async throws {
    try await inWorld(1) { world in
      let name = world.simulation.clusters[0]
      let propagator = try await world.propagate()
      #expect(await world.eventually { await world.read("nginx", at: name).flatMap(ShardPlanner.keeper) != nil })
      let keeper = try #require(await propagator.members[name]?.keeper)
      #expect(await world.eventually { await keeper.underWay == 0 })
      world.gate.shut()
      // Without our label it is nobody's, until it is adopted again: that waits at the gate.
      _ = try await world.client(name).patch(
        .services, namespace: "mynamespace", name: "nginx",
        ["metadata": ["labels": .object([FederationMarks.managed: .null])]])
      let waits = await world.eventually {
        let managed = await keeper.managed
        return await keeper.underWay > 0 && managed?.isEmpty == true
      }
      #expect(waits)
      await propagator.leave(name, orphan: true)
      #expect(await !propagator.hasLeft(name))
      world.gate.open()
      #expect(await world.eventually { await propagator.hasLeft(name) })
      await propagator.detach(name)
      #expect(await world.read("nginx", at: name).flatMap(ShardPlanner.keeper) == nil)
    }
  }

  /// Whether the calls come to rest.
  private func quiet(_ propagator: Propagator, _ world: SimulatedWorld) async -> Bool {
    var last = -1
    return await world.eventually {
      let now = await propagator.calls
      defer { last = now }
      if now == last { return true }
      try? await Task.sleep(for: .milliseconds(600))
      return false
    }
  }

  @Test("What was there is adopted; an edit behind our back is put right; a namespace is made")
  func adoptAndRepair() async throws {
    try await inWorld(2) { world in
      let name = world.simulation.clusters[0]
      let before = try #require(await world.read("nginx", at: name))
      _ = try await world.propagate()
      #expect(await world.eventually { await world.read("nginx", at: name).flatMap(ShardPlanner.keeper) != nil })
      let adopted = try #require(await world.read("nginx", at: name))
      #expect(!ShardPlanner.isCreated(adopted))
      #expect(adopted["spec"]?["clusterIP"] == before["spec"]?["clusterIP"])
      #expect(adopted["spec"]?["ports"] == before["spec"]?["ports"])
      _ = try await world.client(name).patch(
        .services, namespace: "mynamespace", name: "nginx", ["spec": ["selector": ["app": "wrong"]]])
      #expect(await world.eventually { await world.read("nginx", at: name)?["spec"]?["selector"] == ["app": "nginx"] })
      // Taking our label away is an edit like any other.
      _ = try await world.client(name).patch(
        .services, namespace: "mynamespace", name: "nginx",
        ["metadata": ["labels": .object([FederationMarks.managed: .null])]])
      #expect(await world.eventually { await world.read("nginx", at: name).flatMap(ShardPlanner.keeper) != nil })
      try await world.client().ensureNamespace("fresh")
      var service = world.service("web")
      service["metadata"] = ["name": "web", "namespace": "fresh"]
      _ = try await world.client().create(.services, namespace: "fresh", service)
      #expect(
        await world.eventually {
          (try? await world.client(name).get(.services, namespace: "fresh", name: "web")) != nil
        })
    }
  }

  @Test("A selector moves shards: new ones are made, old ones go only once DNS has let go of them")
  func selector() async throws {
    try await inWorld(3) { world in
      let names = world.simulation.clusters
      _ = try await world.propagate()
      try await world.create("web", annotations: [FederationMarks.clusters: .string("name=\(names[0])")])
      #expect(await world.eventually { await world.places(of: "web") == [names[0]] })
      world.gate.hold([names[0]])
      _ = try await world.client().patch(
        .services, namespace: "mynamespace", name: "web",
        ["metadata": ["annotations": .object([FederationMarks.clusters: .string("name in (\(names[1]),\(names[2]))")])]]
      )
      #expect(await world.eventually { await world.places(of: "web") == Set(names) })
      world.gate.hold([])
      #expect(await world.eventually { await world.places(of: "web") == [names[1], names[2]] })
    }
  }

  @Test("Deletion takes what was made, leaves what was adopted, and does not wait for ever on a dead cluster")
  func deletion() async throws {
    try await inWorld(3) { world in
      let names = world.simulation.clusters
      _ = try await world.propagate(patience: .seconds(1))
      try await world.create("web")
      #expect(await world.eventually { await world.places(of: "web") == Set(names) })
      #expect(await world.eventually { await world.read("nginx", at: names[0]).flatMap(ShardPlanner.keeper) != nil })
      _ = try await world.simulation.chaos.perform(ChaosCommand(target: names[2], action: .down))
      try await world.client().delete(.services, namespace: "mynamespace", name: "web")
      try await world.client().delete(.services, namespace: "mynamespace", name: "nginx")
      #expect(await world.eventually { await world.read("web") == nil })
      #expect(await world.eventually { await world.read("nginx") == nil })
      #expect(await world.read("web", at: names[0]) == nil)
      let left = try #require(await world.read("nginx", at: names[0]))
      #expect(ShardPlanner.keeper(of: left) == nil)
      // Another controller finishes it when the cluster is back.
      _ = try await world.propagate()
      _ = try await world.simulation.chaos.perform(ChaosCommand(target: names[2], action: .up))
      #expect(await world.eventually { await world.places(of: "web") == [] })
      #expect(await world.eventually { await world.read("nginx", at: names[2]).flatMap(ShardPlanner.keeper) == nil })
    }
  }

  @Test("Orphaned shards stay without our marks, and are adopted when the service comes again")
  func orphans() async throws {
    try await inWorld(2) { world in
      let names = world.simulation.clusters
      _ = try await world.propagate()
      try await world.create("web", annotations: [FederationMarks.orphan: "true"])
      #expect(await world.eventually { await world.places(of: "web") == Set(names) })
      try await world.client().delete(.services, namespace: "mynamespace", name: "web")
      #expect(await world.eventually { await world.read("web") == nil })
      let left = try #require(await world.read("web", at: names[0]))
      #expect(ShardPlanner.keeper(of: left) == nil)
      try await world.create("web")
      #expect(await world.eventually { await world.read("web", at: names[0]).flatMap(ShardPlanner.keeper) != nil })
      let again = try #require(await world.read("web", at: names[0]))
      #expect(again["metadata"]?["uid"] == left["metadata"]?["uid"])
      #expect(again["spec"]?["clusterIP"] == left["spec"]?["clusterIP"])
    }
  }

  @Test("An empty list at the federation API removes nothing")
  func emptyList() async throws {
    try await inWorld(2) { world in
      let names = world.simulation.clusters
      _ = try await world.propagate()
      try await world.create("web")
      #expect(await world.eventually { await world.places(of: "web") == Set(names) })
      await world.endPropagator()
      // Gone without a deletion that anybody saw: as if the store had been lost.
      _ = try await world.client().patch(
        .services, namespace: "mynamespace", name: "web", ["metadata": ["finalizers": .null]])
      try await world.client().delete(.services, namespace: "mynamespace", name: "web")
      let second = try await world.propagate()
      #expect(await world.eventually { await second.isInStep(services: 1, clusters: 2) })
      #expect(await world.places(of: "web") == Set(names))
      #expect(await second.calls <= 2)
    }
  }
}
