import Control
import Federation
import Testing

@Suite("What a cluster has said")
struct ClusterFactsTests {
  private let nginx = ServiceKey(namespace: "mynamespace", name: "nginx")
  private let other = ServiceKey(namespace: "mynamespace", name: "other")

  @Test("Absence means absence only once every kind has been read in whole")
  func wholeness() {
    var facts = ClusterFacts()
    #expect(!facts.isWhole)
    _ = facts.replaceNodes([:])
    _ = facts.replaceServices([:])
    #expect(!facts.isWhole)
    _ = facts.replaceEndpoints([:])
    #expect(facts.isWhole)
  }

  @Test("A new list touches exactly the services that differ")
  func touched() {
    var facts = ClusterFacts()
    #expect(facts.replaceServices([nginx: ["192.0.2.1"], other: ["192.0.2.2"]]) == [nginx, other])
    #expect(facts.replaceServices([nginx: ["192.0.2.1"], other: ["192.0.2.3"]]) == [other])
    #expect(facts.replaceServices([other: ["192.0.2.3"]]) == [nginx])
    #expect(facts.setService(other, to: ["192.0.2.3"]).isEmpty)
  }

  @Test("Slices of one service add up, and the same pods in two address families count once")
  func dualStack() {
    var facts = ClusterFacts()
    _ = facts.replaceServices([nginx: ["192.0.2.1", "2001:db8::1"]])
    _ = facts.replaceEndpoints([
      nginx: [
        "a": .init(family: .v4, ready: 100, total: 100), "b": .init(family: .v4, ready: 20, total: 30),
        "c": .init(family: .v6, ready: 110, total: 130),
      ]
    ])
    let shard = facts.shard(of: nginx, in: "c1")
    #expect(shard?.readyEndpoints == 120)
    #expect(shard?.totalEndpoints == 130)
  }

  @Test("A slice that is removed leaves nothing behind")
  func removedSlice() {
    var facts = ClusterFacts()
    _ = facts.replaceServices([nginx: ["192.0.2.1"]])
    _ = facts.setEndpoints("a", of: nginx, to: .init(family: .v4, ready: 1, total: 1))
    #expect(facts.setEndpoints("a", of: nginx, to: nil) == [nginx])
    #expect(facts.shard(of: nginx, in: "c1")?.totalEndpoints == 0)
    #expect(facts.shard(of: other, in: "c1") == nil)
  }

  @Test("The nodes' places are its place")
  func place() {
    var facts = ClusterFacts()
    #expect(facts.replaceNodes(["n1": .init(region: "r1", zone: "z2"), "n2": .init(region: "r1", zone: "z1")]))
    #expect(facts.region == "r1")
    #expect(facts.zones == ["z1", "z2"])
    #expect(!facts.setNode("n3", to: .init(region: "r1", zone: "z1")))
    #expect(facts.setNode("n1", to: nil))
    #expect(facts.zones == ["z1"])
  }
}
