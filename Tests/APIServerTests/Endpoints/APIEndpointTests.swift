import JSON
import Testing

@testable import APIServer

@Suite struct APIEndpointTests {
  private func endpoint(watchBuffer: Int = 16) async throws -> APIEndpoint {
    let endpoint = APIEndpoint(path: "/x", catalog: .memberCluster, journalCapacity: 8, watchBuffer: watchBuffer)
    try await endpoint.create(.namespace, ["metadata": ["name": "ns"]], by: .client)
    return endpoint
  }

  private let lease: JSONValue = ["metadata": ["name": "l"], "spec": ["holderIdentity": "a"]]

  @Test func aStaleUpdateIsAConflictAndAnEmptyOneTakesNoRevision() async throws {
    let endpoint = try await endpoint()
    let name = ObjectName(namespace: "ns", name: "l")
    let first = try await endpoint.create(.lease, in: "ns", lease, by: .client)
    let same = try await endpoint.update(.lease, name, first.value, by: .client)
    #expect(same.revision == first.revision)
    try await endpoint.patch(.lease, name, .merge(["spec": ["holderIdentity": "b"]]), by: .client)
    let error = await #expect(throws: APIError.self) {
      try await endpoint.update(.lease, name, first.value, by: .client)
    }
    #expect(error?.reason == "Conflict")
  }

  @Test func aWatcherThatFallsBehindIsCut() async throws {
    let endpoint = try await endpoint(watchBuffer: 2)
    let watch = try await endpoint.watch(WatchFilter(kinds: [ResourceKind.lease.id]), from: .now(announcesEnd: false))
    for _ in 0..<4 {
      let body: JSONValue = ["metadata": ["generateName": "l-"]]
      try await endpoint.create(.lease, in: "ns", body, by: .client)
    }
    var heard = 0
    for await _ in watch.messages { heard += 1 }
    #expect(heard == 2)
    #expect(await endpoint.watchCount == 0)
  }

  @Test func aPartitionSilencesRemoteWatchesAndItsEndTellsWhatWasMissed() async throws {
    let endpoint = try await endpoint()
    let watch = try await endpoint.watch(
      WatchFilter(kinds: [ResourceKind.lease.id]), from: .now(announcesEnd: false), isRemote: true)
    await endpoint.setFault(.partition)
    try await endpoint.create(.lease, in: "ns", lease, by: .client)
    await endpoint.bookmark(watch)
    await endpoint.setFault(nil)
    await endpoint.forget(watch)
    var names: [String] = []
    for await case .added(_, let object) in watch.messages { names.append(object.name) }
    #expect(names == ["l"])
  }

  @Test func pagesShowTheStateOfTheFirst() async throws {
    let endpoint = try await endpoint()
    for name in ["a", "b", "c"] {
      try await endpoint.create(.lease, in: "ns", ["metadata": ["name": .string(name)]], by: .client)
    }
    let first = try await endpoint.list(.lease, Selection(), ListOptions(limit: 2))
    #expect(first.remaining == 1)
    try await endpoint.create(.lease, in: "ns", ["metadata": ["name": "d"]], by: .client)
    try await endpoint.delete(.lease, ObjectName(namespace: "ns", name: "c"))
    let second = try await endpoint.list(.lease, Selection(), ListOptions(limit: 2, continuing: first.continueToken))
    #expect(first.objects.map(\.name) == ["a", "b"])
    #expect(second.objects.map(\.name) == ["c"])
    #expect(second.revision == first.revision)
    #expect(second.continueToken == nil)
  }
}
