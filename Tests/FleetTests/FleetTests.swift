import Control
import Federation
import Resolution
import Testing

@testable import Fleet

@Suite struct FleetTests {
  private let now = Timestamp(seconds: 1_792_159_351)

  private func serving(_ service: ServiceSnapshot) -> Set<String> {
    Set(service.shards.filter(\.isServing).flatMap(\.shard.addresses))
  }

  /// Where a chain of names ends.
  private func addresses(_ start: NameSnapshot, _ names: [NameSnapshot]) -> Set<String> {
    var name = start
    for _ in 0..<3 {
      guard let set = name.published.first else { return [] }
      if set.type == .a { return Set(set.values) }
      guard let next = names.first(where: { $0.name.text == set.values.first }) else { return [] }
      name = next
    }
    return []
  }

  @Test func everyNameLeadsToServingShardsAndTheGlobalOneToAll() {
    let fleet = Fleet(clusters: 60, services: 5, at: now)
    for service in fleet.snapshot(at: now).services {
      let names = service.names
      #expect(names.count == 1 + 3 + 60)
      #expect(names == names.sorted { $0.name < $1.name })
      for name in names {
        #expect(!addresses(name, names).isEmpty)
        #expect(service.name(at: name.level) == name)
        #expect(name.isInStep)
      }
      let global = names.first { $0.level == .global }
      #expect(global.map { addresses($0, names) } == serving(service))
    }
  }

  @Test func aFailureIsWantedFirstAndPublishedThen() {
    var fleet = Fleet(clusters: 30, services: 4, at: now)
    let before = fleet.snapshot(at: now)
    fleet.scale(2, in: 2, to: 0, at: now)
    let seen = fleet.snapshot(at: now)
    #expect(seen.services[2].shards[2].verdict.reason == .noReadyEndpoints)
    #expect(seen.services[2].namesToChange == seen.services[2].names.count { !$0.isInStep })
    #expect(seen.services[2].namesToChange > 0)
    #expect(seen.dns == .changing(seen.services[2].namesToChange))
    for index in [0, 1, 3] { #expect(seen.services[index].isSame(as: before.services[index])) }
    fleet.settle(at: now)
    let settled = fleet.snapshot(at: now)
    #expect(settled.dns == .inStep)
    #expect(!settled.services[2].shards[2].isServing)
    #expect(settled.services[2].generation == 2)
  }

  @Test func aSilentClusterIsHeld() {
    var fleet = Fleet(clusters: 30, services: 3, at: now)
    let before = fleet.snapshot(at: now).services.map(serving)
    fleet.turn(4, isSilent: true, at: now)
    fleet.settle(at: now)
    let snapshot = fleet.snapshot(at: now)
    #expect(snapshot.services.map(serving) == before)
    #expect(snapshot.services.allSatisfy { $0.shards[4].verdict.reason == .clusterUnreachable })
    fleet.turn(4, isSilent: false, at: now)
    #expect(fleet.snapshot(at: now).clusters[4].cluster.condition == .ready)
  }

  @Test func aDrainLeavesAndComesBackAndNothingIsEverEmpty() throws {
    var fleet = Fleet(clusters: 3, services: 2, at: now)
    func drain(_ target: CordonTarget) -> Cordon {
      Cordon(
        kind: .drain, target: target, service: nil, reason: "r", holder: "h", created: now,
        expires: now + .seconds(600))
    }
    let one = fleet.plan.clusters[1].name
    let preview = fleet.preview(.placing([drain(.zone(one))]), at: now)
    #expect(preview.plans.map(\.service) == fleet.plan.keys)
    #expect(preview.planHash == fleet.preview(.placing([drain(.zone(one))]), at: now + .seconds(1)).planHash)
    fleet.place(drain(.zone(one)), at: now)
    fleet.settle(at: now)
    fleet.settle(at: now)
    #expect(fleet.snapshot(at: now).services.allSatisfy { !$0.shards[1].isServing })
    #expect(fleet.snapshot(at: now).drains.first?.served != nil)
    let after = fleet.snapshot(at: now).services[0]
    let planned = try #require(preview.plans.first).changes.compactMap(\.after)
    for set in planned {
      let name = try #require(after.names.first { $0.name == set.name })
      #expect(name.published == [set], "what the rules planned is what the fleet publishes")
    }
    fleet.place(drain(.region(fleet.plan.clusters[0].region)), at: now)
    fleet.settle(at: now)
    #expect(fleet.snapshot(at: now).services.allSatisfy { $0.shards.contains(where: \.isServing) })
    #expect(fleet.snapshot(at: now).services.allSatisfy { $0.held.map(\.rule) == [.neverEmpty] })
    let isLifted = fleet.lift(.region(fleet.plan.clusters[0].region), service: nil, at: now)
    #expect(isLifted)
    fleet.settle(at: now + .seconds(601))
    #expect(fleet.snapshot(at: now + .seconds(601)).cordons.isEmpty)
  }

  @Test func aTraceEndsWhereTheNameLeads() throws {
    let fleet = Fleet(clusters: 30, services: 3, at: now)
    let service = try #require(fleet.snapshot(at: now).services.first)
    for name in service.names {
      let trace = fleet.trace(name.name, type: .a)
      guard case .addresses(let values) = trace.outcome else {
        Issue.record("\(name.name) ends in \(trace.outcome)")
        continue
      }
      #expect(Set(values) == addresses(name, service.names))
    }
  }
}
