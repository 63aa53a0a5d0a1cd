import Testing

@testable import Kubernetes

@Suite struct WatchQueueTests {
  private func drain(_ queue: inout WatchQueue<NodeObject>) -> [WatchUpdate<NodeObject>] {
    var updates: [WatchUpdate<NodeObject>] = []
    while let update = queue.popFirst() { updates.append(update) }
    return updates
  }

  private let node = ReflectorTests.node

  @Test func `of each object the last change stays, in the place of the first`() {
    var queue = WatchQueue<NodeObject>()
    queue.append(.applied(node("a", "1")))
    queue.append(.applied(node("b", "1")))
    queue.append(.applied(node("a", "2")))
    queue.append(.removed(ObjectKey(name: "b")))
    #expect(drain(&queue) == [.applied(node("a", "2")), .removed(ObjectKey(name: "b"))])
  }

  @Test func `a whole list drops what came before it, but not whether the watch goes on`() {
    var queue = WatchQueue<NodeObject>()
    queue.append(.applied(node("a", "1")))
    queue.append(.interrupted(KubernetesError(.unreachable, "x")))
    queue.append(.replaced([node("c", "3")]))
    queue.append(.restored)
    queue.append(.applied(node("a", "4")))
    #expect(drain(&queue) == [.replaced([node("c", "3")]), .restored, .applied(node("a", "4"))])
  }

  @Test func `it stays whole while it is read and written in turn`() {
    var queue = WatchQueue<NodeObject>()
    var seen: [String: String] = [:]
    for round in 0..<10_000 {
      queue.append(.applied(node("n\(round % 37)", String(round))))
      queue.append(.applied(node("m\(round % 41)", String(round))))
      guard case .applied(let object) = queue.popFirst() else { return #expect(Bool(false), "empty") }
      seen[object.key.name] = object.resourceVersion
    }
    for case .applied(let object) in drain(&queue) { seen[object.key.name] = object.resourceVersion }
    #expect(seen.count == 78)
    for index in 0..<37 { #expect(seen["n\(index)"] == String((9_999 - index) / 37 * 37 + index)) }
  }
}
