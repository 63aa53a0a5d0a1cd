import JSON
import Testing

@testable import APIServer

/// Nobody sees a write before it is kept, and nobody ever sees one that was refused.
@Suite struct VisibilityTests {
  private let log = HeldLog()

  private func endpoint() -> APIEndpoint {
    APIEndpoint(path: "", catalog: .federation, kept: KeptStore(store: ResourceStore(startingAt: 10), log: log))
  }

  private func create(_ name: String, at endpoint: APIEndpoint) -> Task<APIError?, Never> {
    Task {
      do throws(APIError) {
        try await endpoint.create(.namespace, .named(name), by: .client)
        return nil
      } catch {
        return error
      }
    }
  }

  private func names(_ endpoint: APIEndpoint) async throws -> [String] {
    try await endpoint.list(.namespace).objects.map(\.name)
  }

  @Test func aWriteIsSeenOnceItIsKept() async throws {
    let endpoint = endpoint()
    let watch = try await endpoint.watch(WatchFilter(kinds: [ResourceKind.namespace.id]), from: .after(10))
    let write = create("a", at: endpoint)
    await log.holds(1)
    #expect(try await names(endpoint).isEmpty)
    #expect(await endpoint.revision == 10)
    await #expect(throws: APIError.self) { try await endpoint.get(.namespace, ObjectName(name: "a")) }
    let late = try await endpoint.watch(
      WatchFilter(kinds: [ResourceKind.namespace.id]), from: .now(announcesEnd: false))
    log.answer(.kept)
    #expect(await write.value == nil)
    #expect(try await names(endpoint) == ["a"])
    for subscription in [watch, late] {
      await endpoint.forget(subscription)
      var heard: [String] = []
      for await case .added(_, let object) in subscription.messages { heard.append(object.name) }
      #expect(heard == ["a"])
    }
  }

  @Test func aRefusalTakesBackWhatWasBuiltOnIt() async throws {
    let endpoint = endpoint()
    let kept = create("a", at: endpoint)
    await log.holds(1)
    log.answer(.kept)
    #expect(await kept.value == nil)
    let first = create("b", at: endpoint)
    await log.holds(1)
    let second = create("c", at: endpoint)
    await log.holds(2)
    let doubtful = create("b", at: endpoint)
    await log.holds(3)
    log.answer(.refused(StorageError("the disk is full"), keptThrough: 11))
    for write in [first, second, doubtful] {
      #expect(await write.value?.message == "Internal error occurred: the disk is full")
    }
    #expect(try await names(endpoint) == ["a"])
    let again = create("b", at: endpoint)
    await log.holds(1)
    log.answer(.kept)
    #expect(await again.value == nil)
    #expect(try await names(endpoint) == ["a", "b"])
    #expect(await endpoint.revision == 12)
  }

  @Test func aRefusalKeepsWhatTheLogHadKeptBeforeIt() async throws {
    let endpoint = endpoint()
    let first = create("a", at: endpoint)
    await log.holds(1)
    let second = create("b", at: endpoint)
    await log.holds(2)
    // The first was kept, but the answer to the second comes first.
    log.answer(.refused(StorageError("the disk is full"), keptThrough: 11))
    #expect(await second.value != nil)
    #expect(await first.value != nil)
    #expect(try await names(endpoint) == ["a"])
  }
}
