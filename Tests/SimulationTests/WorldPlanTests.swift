import Testing

@testable import Simulation

@Suite struct WorldPlanTests {
  @Test func theDefaultWorldIsTheSeedTable() {
    let plan = WorldPlan(clusters: 13, services: 1, seed: 1)
    let healthy = plan.clusters.filter { ($0.workloads.first?.replicas ?? 0) > 0 }
    #expect(plan.clusters.count == 13)
    #expect(
      healthy.map { "\($0.name) \($0.workloads[0].address)" } == [
        "asia-east1-a 130.211.57.243", "asia-east1-c 130.211.56.221", "us-central1-a 104.197.247.191",
        "us-central1-b 104.197.244.180", "us-central1-c 104.197.245.170",
      ])
  }

  @Test func aLargeWorldHasEveryAddressOnceAndIsTheSameAgain() {
    let plan = WorldPlan(clusters: 30, services: 40, seed: 7)
    let addresses = plan.clusters.flatMap { $0.workloads.map(\.address) }
    #expect(addresses.count == 1200)
    #expect(Set(addresses).count == 1200)
    #expect(plan == WorldPlan(clusters: 30, services: 40, seed: 7))
  }
}
