import JSON
import Testing

@testable import APIServer

@Suite struct ResourceStoreTests {
  private let services = KindID(group: "", plural: "services")

  private func object(_ name: String, in namespace: String = "ns") -> JSONValue {
    ["metadata": ["name": .string(name), "namespace": .string(namespace)]]
  }

  @Test func everyWriteTakesTheNextRevision() {
    var store = ResourceStore(startingAt: 10)
    let first = store.put(object("a"), kind: services, name: ObjectName(namespace: "ns", name: "a"))
    let second = store.put(object("b"), kind: services, name: ObjectName(namespace: "ns", name: "b"))
    #expect(first.revision == 11)
    #expect(second.revision == 12)
    #expect(second.value[at: ["metadata", "resourceVersion"]] == "12")
    let removed = store.remove(kind: services, name: ObjectName(namespace: "ns", name: "a"))
    #expect(removed?.revision == 13)
    let again = store.remove(kind: services, name: ObjectName(namespace: "ns", name: "a"))
    #expect(again == nil)
    #expect(store.revision == 13)
  }

  @Test func objectsComeInOrderOfNamespaceAndName() {
    var store = ResourceStore()
    for (namespace, name) in [("b", "x"), ("a", "z"), ("c", "a"), ("b", "a"), ("a", "y")] {
      store.put(object(name, in: namespace), kind: services, name: ObjectName(namespace: namespace, name: name))
    }
    #expect(store.objects(of: services).map { "\($0.namespace)/\($0.name)" } == ["a/y", "a/z", "b/a", "b/x", "c/a"])
    #expect(store.objects(of: services, in: "b").map(\.name) == ["a", "x"])
    let after = ObjectName(namespace: "b", name: "a")
    #expect(store.objects(of: services, after: after).map(\.name) == ["x", "a"])
    #expect(store.objects(of: services, in: "b", after: after).map(\.name) == ["x"])
    #expect(Array(store.objects(of: services, in: "bb")).isEmpty)
  }

  @Test func journalReplaysWhatItRemembersAndSaysWhenItDoesNot() throws {
    var store = ResourceStore(startingAt: 100, journalCapacity: 4)
    for index in 0..<20 {
      store.put(object("n\(index)"), kind: services, name: ObjectName(namespace: "ns", name: "n\(index)"))
      store.trim(through: store.revision)
    }
    #expect(store.revision == 120)
    #expect(try #require(store.events(after: 118)).map(\.revision) == [119, 120])
    #expect(try #require(store.events(after: 116)).count == 4)
    #expect(try #require(store.events(after: 120)).isEmpty)
    #expect(store.events(after: 100) == nil, "the first events are forgotten")
    #expect(store.events(after: 121) == nil, "a revision from another life of the server")
  }

  @Test func aLabelFindsWhatASearchOfEverythingFinds() throws {
    var store = ResourceStore()
    var random = SeededGenerator(seed: 7)
    let labels = [["app": "a"], ["app": "b"], ["app": "a", "tier": "x"], [:]]
    for step in 0..<400 {
      let name = ObjectName(namespace: ["n", "m"].randomElement(using: &random) ?? "n", name: "o\(step % 23)")
      if Int.random(in: 0..<4, using: &random) == 0 {
        store.remove(kind: services, name: name)
      } else {
        var object = object(name.name, in: name.namespace)
        let chosen = labels.randomElement(using: &random) ?? [:]
        object[at: ["metadata", "labels"]] = .object(.init(uniqueKeysWithValues: chosen.map { ($0, .string($1)) }))
        store.put(object, kind: services, name: name)
      }
      if step % 90 == 0 { store.rollBack(to: store.revision - min(3, store.revision - store.forgotten)) }
      for namespace in [nil, "n"] {
        let found = store.objects(
          bearing: (key: "app", value: "a"), of: services, in: namespace, after: nil, at: store.revision)
        let expected = store.objects(of: services, in: namespace).filter {
          $0.value[at: ["metadata", "labels", "app"]] == "a"
        }
        #expect(found?.map(\.name) == expected.map(\.name))
      }
    }
    let before = store.revision
    store.put(object("late"), kind: services, name: ObjectName(namespace: "n", name: "late"))
    let then = store.objects(bearing: (key: "app", value: "a"), of: services, in: nil, after: nil, at: before)
    #expect(then == nil, "what stood then is told by the journal")
  }
}
