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
    let touched1 = facts.replaceServices([nginx: ["192.0.2.1"], other: ["192.0.2.2"]])
    #expect(touched1 == [nginx, other])
    let touched2 = facts.replaceServices([nginx: ["192.0.2.1"], other: ["192.0.2.3"]])
    #expect(touched2 == [other])
    let touched3 = facts.replaceServices([other: ["192.0.2.3"]])
    #expect(touched3 == [nginx])
    let touched4 = facts.setService(other, to: ["192.0.2.3"])
    #expect(touched4.isEmpty)
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
    let touched5 = facts.setEndpoints("a", of: nginx, to: nil)
    #expect(touched5 == [nginx])
    #expect(facts.shard(of: nginx, in: "c1")?.totalEndpoints == 0)
    #expect(facts.shard(of: other, in: "c1") == nil)
  }

  @Test("The nodes' places are its place")
  func place() {
    var facts = ClusterFacts()
    let touched6 = facts.replaceNodes(["n1": .init(region: "r1", zone: "z2"), "n2": .init(region: "r1", zone: "z1")])
    #expect(touched6)
    #expect(facts.region == "r1")
    #expect(facts.zones == ["z1", "z2"])
    let touched7 = facts.setNode("n3", to: .init(region: "r1", zone: "z1"))
    #expect(!touched7)
    let touched8 = facts.setNode("n1", to: nil)
    #expect(touched8)
    #expect(facts.zones == ["z1"])
  }
}
