import JSON
import Testing

@testable import APIServer

/// Random requests at a registry have the effects that a simple model says, and every earlier state can be told.
@Suite struct RegistryModelTests {
  @Test(arguments: 1...20 as ClosedRange<UInt64>) func theRegistryAgreesWithTheModel(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var registry = Registry(catalog: .federation, store: ResourceStore(startingAt: 5, journalCapacity: 32))
    for name in ["n0", "n1"] {
      _ = try registry.create(.namespace, in: "", .named(name), by: .client, unixSeconds: 0)
    }
    var model = ModelStore(revision: registry.store.revision)
    for step in 0..<300 {
      let request = RandomRequest.random(using: &generator)
      let expected = model.carryOut(request)
      #expect(Self.carryOut(request, at: &registry) == expected, "seed \(seed), step \(step): \(request)")
      #expect(registry.store.revision == model.revision)
      registry.store.trim(through: registry.store.revision)
      let then = UInt64.random(in: model.revision - min(model.revision - 7, 80)...model.revision, using: &generator)
      try compare(registry, with: model, at: then, using: &generator)
    }
    let back = max(registry.store.forgotten, model.revision - 20)
    registry.store.rollBack(to: back)
    #expect(Self.objects(registry) == model.history[back])
    #expect(registry.store.revision == back)
  }

  private func compare(
    _ registry: Registry, with model: ModelStore, at revision: UInt64, using generator: inout SeededGenerator
  ) throws {
    let options = ListOptions(limit: Int.random(in: 1...4, using: &generator), state: .exactly(revision))
    guard revision >= registry.store.forgotten else {
      #expect(throws: APIError.self) { try registry.list(.lease, Selection(), options) }
      return
    }
    var page = try registry.list(.lease, Selection(), options)
    var listed = page.objects
    while let token = page.continueToken {
      page = try registry.list(.lease, Selection(), ListOptions(limit: options.limit, continuing: token))
      listed += page.objects
    }
    let expected = model.history[revision] ?? [:]
    #expect(listed.map { ObjectName(namespace: $0.namespace, name: $0.name) } == expected.keys.sorted())
    for object in listed {
      #expect(ModelStore.Object(object) == expected[ObjectName(namespace: object.namespace, name: object.name)])
    }
  }

  static func carryOut(_ request: RandomRequest, at registry: inout Registry) -> String? {
    let body = request.body(seen: registry.store[ResourceKind.lease.id, request.name])
    do throws(APIError) {
      switch request {
      case .create(let name, _):
        _ = try registry.create(.lease, in: name.namespace, body, by: .client, unixSeconds: 0)
      case .update(let name, _, _): _ = try registry.update(.lease, name, body, by: .client, unixSeconds: 0)
      case .patch(let name, _): _ = try registry.patch(.lease, name, .merge(body), by: .client, unixSeconds: 0)
      case .delete(let name): _ = try registry.delete(.lease, name, unixSeconds: 0)
      }
      return nil
    } catch {
      return error.reason
    }
  }

  static func objects(_ registry: Registry) -> [ObjectName: ModelStore.Object] {
    Dictionary(
      registry.store.objects(of: ResourceKind.lease.id).map {
        (ObjectName(namespace: $0.namespace, name: $0.name), ModelStore.Object($0))
      }
    ) { first, _ in first }
  }
}
