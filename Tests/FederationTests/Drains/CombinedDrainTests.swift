import Federation
import Testing

/// What several drains do together, over random worlds.
@Suite struct CombinedDrainTests {
  /// A random world in step with its plan, without orders and without limits on how much may go.
  private func settled(_ random: inout SeededGenerator) -> World? {
    var world = World.random(&random)
    world.cordons = []
    world.limits = SafetyLimits(massChangeShare: 1, healthChangeShare: 1)
    world.apply(world.plan())
    let plan = world.plan()
    return plan.services.allSatisfy({ $0.changes.isEmpty && $0.held.isEmpty && !$0.records.isEmpty }) ? world : nil
  }

  private func drains(_ world: World, _ random: inout SeededGenerator) -> [Cordon] {
    var world = world
    for cluster in world.clusters.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)) {
      world.order(.drain, random.oneIn(2) ? .cluster(cluster.name) : .zone(cluster.zones[0]))
    }
    return world.cordons
  }

  private func assess(_ change: OrderChange, _ world: World) -> DrainAssessment {
    let context = world.context
    return context.assess(
      change, services: world.services, published: context.grouped(world.published).services, window: nil)
  }

  @Test(arguments: 0..<6)
  func theyLeadWhereOneByOneLeadsAndEmptyNoName(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var (compared, moved) = (0, 0)
    for round in 0..<160 {
      guard let world = settled(&random) else { continue }
      let cordons = drains(world, &random)
      let together = assess(.placing(cordons), world)
      moved += together.plans.count
      for plan in together.plans {
        let (before, after) = (RecordChains(plan.recordsBefore), RecordChains(plan.records))
        for set in plan.recordsBefore where !before.end(of: set.name).isEmpty {
          #expect(!after.end(of: set.name).isEmpty, "seed \(seed) round \(round): \(set.name) is emptied")
        }
      }
      // One by one, each carried out before the next is given.
      var stepped = world
      for cordon in cordons {
        stepped.cordons.append(cordon)
        stepped.apply(stepped.plan())
      }
      let held = together.plans.contains { !$0.held.isEmpty } || stepped.plan().services.contains { !$0.held.isEmpty }
      guard !held else { continue }
      compared += 1
      var joint = world
      joint.cordons = cordons
      joint.apply(joint.plan())
      #expect(
        Set(joint.published.map(\.recordSet)) == Set(stepped.published.map(\.recordSet)), "seed \(seed) round \(round)")
      #expect(Set(together.plans.flatMap(\.records)).isSubset(of: joint.published.map(\.recordSet)))
    }
    #expect(compared > 10 && moved > 10)
  }

  @Test(arguments: 0..<4)
  func orderAndRepetitionOfTheOrdersDoNotMatter(seed: Int) {
    var random = SeededGenerator(seed: UInt64(100 + seed))
    for _ in 0..<60 {
      guard let world = settled(&random) else { continue }
      let cordons = drains(world, &random)
      let plans = assess(.placing(cordons), world).plans
      #expect(assess(.placing(cordons.reversed()), world).plans == plans)
      #expect(assess(.placing(cordons + cordons), world).plans == plans)
      // Endpoints that stay are never more than with one of them alone.
      let alone = assess(.placing([cordons[0]]), world).capacity
      for level in assess(.placing(cordons), world).capacity {
        guard let one = alone.first(where: { $0.service == level.service && $0.level == level.level }) else { continue }
        #expect(level.remaining <= one.remaining && level.total == one.total)
      }
    }
  }

  @Test(arguments: 0..<4)
  func endingAnOrderUndoesIt(seed: Int) {
    var random = SeededGenerator(seed: UInt64(200 + seed))
    var undone = 0
    for round in 0..<100 {
      guard let world = settled(&random) else { continue }
      let cordons = drains(world, &random)
      var drained = world
      drained.cordons = cordons
      let plan = drained.plan()
      guard plan.services.allSatisfy(\.held.isEmpty) else { continue }
      drained.apply(plan)
      let lifting = assess(.lifting(cordons), drained)
      undone += lifting.plans.count
      for plan in lifting.plans {
        let former = Set(world.published.map(\.recordSet).filter { $0.type != .txt })
        #expect(Set(plan.records).isSubset(of: former), "seed \(seed) round \(round)")
      }
      #expect(lifting.objections.isEmpty)
    }
    #expect(undone > 5)
  }

  @Test func chainsAreFollowedToTheirEndAndLoopsEnd() {
    func alias(_ name: String, _ target: String) -> RecordSet {
      RecordSet(name: DomainName(canonical: name), type: .cname, ttl: 60, values: [target])
    }
    let address = RecordSet(name: DomainName(canonical: "c"), type: .a, ttl: 60, values: ["192.0.2.1"])
    let chains = RecordChains([alias("a", "b"), alias("b", "c"), address, alias("x", "y"), alias("y", "x")])
    #expect(chains.hops(from: DomainName(canonical: "a")).map(\.text) == ["a", "b", "c"])
    #expect(chains.end(of: DomainName(canonical: "a")) == [address])
    #expect(chains.hops(from: DomainName(canonical: "x")).count == 12)
    #expect(chains.end(of: DomainName(canonical: "gone")).isEmpty)
  }
}
