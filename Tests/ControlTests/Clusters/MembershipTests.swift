import Federation
import Testing

@testable import Control

@Suite("Members come and go")
struct MembershipTests {
  private let start = SeedWorld.start

  @Test("A member that leaves has its addresses taken from DNS; its name leads on, and only then it is let go")
  func leave() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    #expect(driver.core.isPublished("us-central1-a"))
    driver.core.receive(.membership(.leaving("us-central1-a")), at: start)
    #expect(driver.core.isPublished("us-central1-a"))
    await driver.run()
    #expect(!driver.core.isPublished("us-central1-a"))
    driver.core.receive(.membership(.left("us-central1-a")), at: start)
    await driver.run()
    let names = try await driver.resolved()
    #expect(
      names["nginx.mynamespace.myfederation.svc.us-central1-a.example.com"].map(Set.init) == [
        "104.197.244.180", "104.197.245.170",
      ])
    #expect(names.values.allSatisfy { !$0.isEmpty && !$0.contains("104.197.247.191") })
    #expect(driver.core.members["us-central1-a"] == nil)
  }

  @Test("Members that would take too much along are held in DNS by mass-change, and stay until that is overridden")
  func held() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    for zone in ["us-central1-a", "us-central1-b"] {
      driver.core.receive(.membership(.leaving(zone)), at: start)
    }
    await driver.run()
    #expect(driver.core.services[SeedWorld.service]?.plan?.held.contains { $0.rule == .massChange } == true)
    #expect(driver.core.isPublished("us-central1-a") && driver.core.isPublished("us-central1-b"))
  }

  @Test("A member that joins at run time keeps nobody waiting and is planned for once it has been read")
  func join() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    driver.core.receive(.membership(.joined(Configuration.Member(context: "africa-south1-a"))), at: start)
    #expect(driver.core.isSettled)
    // Until its place is known it stops nothing: a zone that fails meanwhile fails over.
    driver.core.receive(SeedWorld.scale("us-central1-a", to: 0), at: start)
    await driver.run()
    #expect(try await driver.resolved()["nginx.mynamespace.myfederation.svc.us-central1-a.example.com"]?.count == 2)
    for observation: ClusterObservation in [
      .probe(.ready), .nodes(["n": .init(region: "africa-south1", zone: "africa-south1-a")]),
      .services([SeedWorld.service: ["198.51.100.9"]]),
      .endpoints([SeedWorld.service: ["s": .init(family: .v4, ready: 1, total: 1)]]),
    ] {
      driver.core.receive(.cluster("africa-south1-a", observation), at: start)
    }
    await driver.run()
    let names = try await driver.resolved()
    #expect(names["nginx.mynamespace.myfederation.svc.africa-south1-a.example.com"] == ["198.51.100.9"])
  }

  @Test("Nothing is planned before the members have been told whole")
  func waits() async throws {
    var core = ControlCore(
      federation: SeedWorld.federation, limits: .default, identity: "test/1", members: [], awaitsMembers: true,
      at: start)
    try await SeedWorld.fill(&core, from: SeedWorld.emptyZone())
    #expect(!core.isSettled)
    core.receive(.membership(.listed), at: start)
    #expect(core.isSettled)
  }

  @Test("A service's selector takes the shards of other clusters out of DNS, under the same limit")
  func selector() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    let declaration = ServiceDeclaration(clusters: try ClusterSelector("name!=us-central1-a"))
    driver.core.receive(.services(.set(SeedWorld.service, declaration)), at: start)
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-a"))
    await driver.run()
    #expect(!driver.core.isPublished(SeedWorld.service, in: "us-central1-a"))
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-b"))
  }

  @Test("A selector over labels moves nothing before the labels are known, and follows them when they change")
  func labels() async throws {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run()
    let declaration = ServiceDeclaration(clusters: try ClusterSelector("tier!=test"))
    driver.core.receive(.services(.set(SeedWorld.service, declaration)), at: start)
    await driver.run()
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-a"))
    driver.core.receive(.membership(.labelled("us-central1-a", ["tier": "test"])), at: start)
    driver.core.receive(.membership(.labelled("us-central1-b", ["tier": "prod"])), at: start)
    await driver.run()
    #expect(!driver.core.isPublished(SeedWorld.service, in: "us-central1-a"))
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-b"))
    // Whose labels nobody has told stays.
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-c"))
    driver.core.receive(.membership(.labelled("us-central1-a", [:])), at: start)
    await driver.run()
    #expect(driver.core.isPublished(SeedWorld.service, in: "us-central1-a"))
  }
}
