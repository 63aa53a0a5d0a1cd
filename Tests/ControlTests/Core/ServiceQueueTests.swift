import Federation
import Testing

@testable import Control

@Suite("Who is planned first")
struct ServiceQueueTests {
  private func key(_ name: String) -> ServiceKey { ServiceKey(namespace: "n", name: name) }

  @Test("What a cluster has just said comes before repairs, once, and each lane in its order")
  func lanes() {
    var queue = ServiceQueue()
    for name in ["a", "b", "c", "d"] { queue.add(key(name)) }
    queue.add(key("c"), isUrgent: true)
    queue.add(key("x"), isUrgent: true)
    queue.add(key("c"), isUrgent: true)
    #expect(queue.count == 5)
    var order: [String] = []
    while let next = queue.next() { order.append(next.name) }
    #expect(order == ["c", "x", "a", "b", "d"])
    #expect(queue.count == 0)
    // One that had its turn and comes again waits once more.
    queue.add(key("c"))
    queue.add(key("a"), isUrgent: true)
    #expect(queue.next() == key("a"))
    #expect(queue.next() == key("c"))
    #expect(queue.next() == nil)
  }

  @Test("A shard that dies while everything is to be looked at again is planned first")
  func loss() async throws {
    var core = SeedWorld.core()
    try await SeedWorld.fill(&core, from: SeedWorld.emptyZone())
    let others = ["alpha", "beta", "zeta"].map { ServiceKey(namespace: "mynamespace", name: $0) }
    for other in others { core.receive(.services(.set(other, ServiceDeclaration())), at: SeedWorld.start) }
    while core.dirty.next() != nil {}
    core.markAll()
    core.receive(SeedWorld.scale("us-central1-a", to: 0), at: SeedWorld.start)
    #expect(core.dirty.count == 4)
    #expect(core.dirty.next() == SeedWorld.service)
    #expect(core.dirty.next() == others[0])
  }
}
