import Federation
import Testing

@Suite struct SeedTableTests {
  @Test func seedTable() {
    var world = World.seed
    let plan = world.plan()
    #expect(
      world.table(plan) == [
        "asia-east1-a A 130.211.57.243",
        "asia-east1-b CNAME asia-east1",
        "asia-east1-c A 130.211.56.221",
        "asia-east1 A 130.211.56.221 130.211.57.243",
        "europe-west1-b CNAME europe-west1",
        "europe-west1-c CNAME europe-west1",
        "europe-west1-d CNAME europe-west1",
        "europe-west1 CNAME @",
        "@ A 104.197.244.180 104.197.245.170 104.197.247.191 130.211.56.221 130.211.57.243",
        "us-central1-a A 104.197.247.191",
        "us-central1-b A 104.197.244.180",
        "us-central1-c A 104.197.245.170",
        "us-central1-f CNAME us-central1",
        "us-central1 A 104.197.244.180 104.197.245.170 104.197.247.191",
        "us-east1-b CNAME us-east1",
        "us-east1-c CNAME us-east1",
        "us-east1-d CNAME us-east1",
        "us-east1 CNAME @",
      ])
    let records = plan.services.flatMap(\.records)
    #expect(records.allSatisfy { $0.ttl == 180 })
    #expect(records.map(\.key) == records.map(\.key).sorted())
    #expect(plan.services.flatMap(\.held).isEmpty)
    #expect(plan.services.flatMap(\.verdicts).filter(\.isHealthy).count == 5)
    world.apply(plan)
    #expect(world.plan().services.flatMap(\.changes).isEmpty)
  }

  @Test func anOutageTurnsTheZoneIntoAnAliasInOneSafeStep() throws {
    var world = World.seed
    world.apply(world.plan())
    let shard = try #require(world.services[0].shards.firstIndex { $0.cluster == "us-central1-a" })
    world.services[0].shards[shard].readyEndpoints = 0
    let changes = world.plan().services.flatMap(\.changes)
    #expect(
      changes.map { "\($0.action.rawValue) \(world.short($0.name.text))" } == [
        "replace @", "replace us-central1", "replace us-central1-a",
      ])
    #expect(changes.last?.before?.type == .a)
    #expect(changes.last?.after?.type == .cname)
  }
}
