import Federation
import Testing

@Suite struct DrainAssessmentTests {
  private func drain(_ target: CordonTarget, in world: World) -> Cordon {
    Cordon(
      kind: .drain, target: target, service: nil, reason: "test", holder: "test", created: world.now,
      expires: world.now + .seconds(60))
  }

  private func assess(_ target: CordonTarget, in world: World) -> DrainAssessment {
    let context = world.context
    return context.assess(
      .placing([drain(target, in: world)]), services: world.services,
      published: context.grouped(world.published).services,
      window: nil)
  }

  @Test func showsWhatADrainDoes() {
    var world = World.seed
    world.apply(world.plan())
    let assessment = assess(.zone("us-central1-a"), in: world)
    #expect(assessment.plans[0].changes.map { world.short($0.name.text) } == ["@", "us-central1", "us-central1-a"])
    #expect(assessment.affected.map { world.short($0.text) }.contains("us-central1-f"))
    #expect(assessment.affected.map { world.short($0.text) }.contains("us-east1-b"))
    #expect(!assessment.affected.contains(world.name("asia-east1-b")))
    #expect(assessment.objections.isEmpty)
    #expect(assessment.oldTTL == .seconds(180))
    #expect(assessment.capacity.map(\.remaining) == [12, 6, 0])
    #expect(assessment.capacity.map(\.total) == [15, 9, 3])
    #expect(
      assessment.capacity.map(\.level) == [
        .global, .region("us-central1"), .zone("us-central1-a", region: "us-central1"),
      ])
  }

  @Test func theHashFollowsTheWorldAndNothingElse() {
    var world = World.seed
    world.apply(world.plan())
    let hash = assess(.zone("us-central1-a"), in: world).planHash
    #expect(assess(.zone("us-central1-a"), in: world).planHash == hash)
    #expect(assess(.zone("us-central1-b"), in: world).planHash != hash)
    world.services[0].shards[0].readyEndpoints = 0
    #expect(assess(.zone("us-central1-a"), in: world).planHash != hash)
  }

  @Test func rulesObjectByName() {
    var world = World.seed
    world.apply(world.plan())
    let region = assess(.region("us-central1"), in: world)
    #expect(region.objections.map(\.rule) == [.massChange])
    #expect(region.objections[0].why.hasPrefix("this would remove 3 of 5 published addresses (60 %)"))
    // What overriding it would do is shown all the same.
    #expect(region.plans[0].changes.count == 5)
    world.limits.minimumHealthyZones = 5
    #expect(assess(.zone("us-central1-a"), in: world).objections.map(\.rule) == [.minimumHealthyZones])
    world.overrides = [.massChange, .minimumHealthyZones]
    #expect(assess(.region("us-central1"), in: world).objections.isEmpty)
    #expect(assess(.region("us-central1"), in: world).plans[0].changes.count == 5)
  }
}
