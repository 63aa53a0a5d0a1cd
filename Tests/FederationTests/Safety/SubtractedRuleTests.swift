import Federation
import Testing

/// Each rule of the planner in a world that it keeps from harm, once with it and once without: what the rule forbids is
/// seen exactly when the rule is taken out.
@Suite struct SubtractedRuleTests {
  /// A world in which one rule stands between the federation and harm.
  struct Scene: Sendable, CustomTestStringConvertible {
    let rule: SafetyRule
    /// What the harm is, in words.
    let harm: String
    let isHarmed: @Sendable (SafetyRules) -> Bool
    var testDescription: String { "\(rule.rawValue): \(harm)" }
  }

  @Test(arguments: scenes)
  func harmIsSeenExactlyWithoutTheRule(_ scene: Scene) {
    #expect(!scene.isHarmed(.all))
    #expect(scene.isHarmed(.all.without(scene.rule)))
    // It is this rule, and not some other, that keeps the scene from harm.
    for other in SafetyRule.allCases where other != scene.rule {
      #expect(!scene.isHarmed(.all.without(other)), "without \(other.rawValue)")
    }
  }

  @Test func everyRuleOfThePlannerHasAScene() {
    let planned: Set<SafetyRule> = [
      .neverEmpty, .failStatic, .quorum, .massChange, .minimumHealthyZones, .noDangling, .owned, .isolation,
    ]
    #expect(Set(Self.scenes.map(\.rule)) == planned)
  }

  /// Four healthy zones in two regions, published.
  private static func four(_ rules: SafetyRules) -> World {
    var world = World([
      ("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 1), ("z3", "r2", ["192.0.2.3"], 1),
      ("z4", "r2", ["192.0.2.4"], 1),
    ])
    world.rules = rules
    world.apply(world.plan())
    return world
  }

  /// Whether some step of the world's plan leaves a name that answered without an answer, or an alias without a target.
  private static func dangles(_ world: World) -> Bool {
    var zone = Zone(world.published)
    for change in world.plan().services.flatMap(\.changes) {
      guard zone.apply(change) else { return true }
      if zone.sets.keys.contains(where: { zone.chain(from: $0) == nil }) { return true }
    }
    return false
  }

  private static let scenes: [Scene] = [
    Scene(rule: .neverEmpty, harm: "all shards red, and the names are emptied") { rules in
      var world = four(rules)
      world.limits.healthChangeShare = 1
      for index in 0..<4 { world.services[0].shards[index].readyEndpoints = 0 }
      return world.plan().services[0].records.isEmpty
    },
    Scene(rule: .failStatic, harm: "a blind observer removes an address") { rules in
      var world = four(rules)
      world.services[0].shards[0].readyEndpoints = 0
      var context = world.context
      context.frozen = "7 of 13 clusters were lost at once"
      return !context.plan(world.services[0], published: world.published, window: nil).plan.changes.isEmpty
    },
    Scene(rule: .quorum, harm: "silence of an API alone removes addresses") { rules in
      var world = four(rules)
      world.clusters[0].condition = .unreachable
      return !world.table(world.plan()).contains("z1 A 192.0.2.1")
    },
    Scene(rule: .massChange, harm: "half of the addresses vanish at once") { rules in
      var world = four(rules)
      world.services[0].shards.removeLast(2)
      return !world.table(world.plan()).contains("@ A 192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4")
    },
    Scene(rule: .minimumHealthyZones, harm: "a drain leaves fewer zones than asked for") { rules in
      var world = four(rules)
      world.limits.minimumHealthyZones = 4
      let context = world.context
      let drain = Cordon(
        kind: .drain, target: .zone("z1"), service: nil, reason: "test", holder: "test", created: world.now,
        expires: world.now + .seconds(60))
      let assessment = context.assess(
        .placing([drain]), services: world.services, published: context.grouped(world.published).services, window: nil)
      return !assessment.objections.contains { $0.rule == .minimumHealthyZones }
    },
    Scene(rule: .noDangling, harm: "an alias is made before what it points to") { rules in
      var world = World([("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 0)])
      world.rules = rules
      return dangles(world)
    },
    Scene(rule: .owned, harm: "somebody else's record is changed") { rules in
      var world = four(rules)
      let name = world.name("z1")
      world.published.removeAll { $0.recordSet.name == name }
      world.publish("z1", .a, ["198.51.100.9"], owner: "other")
      return world.plan().services[0].changes.contains { $0.before?.values == ["198.51.100.9"] }
    },
    Scene(rule: .isolation, harm: "one cluster without a region stops the service's other names") { rules in
      var world = World([("z1", "r1", ["192.0.2.1"], 1), ("z2", "", ["192.0.2.2"], 1)])
      world.rules = rules
      return world.plan().services[0].changes.isEmpty
    },
  ]
}
