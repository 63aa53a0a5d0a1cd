import JSON
import Testing

@testable import APIServer

@Suite struct ListTests {
  private func endpoint(journalCapacity: Int = 64) async throws -> APIEndpoint {
    let endpoint = APIEndpoint(path: "", catalog: .federation, journalCapacity: journalCapacity)
    try await endpoint.create(.namespace, .named("ns"), by: .client)
    for index in 0..<6 { try await endpoint.create(.lease, in: "ns", .named("l\(index)"), by: .client) }
    return endpoint
  }

  private func options(_ query: String) throws -> ListOptions { try ListOptions(QueryParameters(query[...])) }

  private func names(_ page: ListPage) -> [String] { page.objects.map(\.name) }

  @Test func anExactListShowsItsRevision() async throws {
    let endpoint = try await endpoint()
    let then = await endpoint.revision
    try await endpoint.delete(.lease, ObjectName(namespace: "ns", name: "l0"))
    try await endpoint.create(.lease, in: "ns", .named("x"), by: .client)
    let name = ObjectName(namespace: "ns", name: "l1")
    try await endpoint.patch(.lease, name, .merge(["spec": ["holderIdentity": "me"]]), by: .client)
    let page = try await endpoint.list(.lease, options: "resourceVersion=\(then)&resourceVersionMatch=Exact")
    #expect(names(page) == ["l0", "l1", "l2", "l3", "l4", "l5"])
    #expect(page.revision == then)
    #expect(page.objects.allSatisfy { $0.revision <= then })
    let newer = try await endpoint.list(.lease, options: "resourceVersion=\(then)&resourceVersionMatch=NotOlderThan")
    #expect(names(newer) == ["l1", "l2", "l3", "l4", "l5", "x"])
    #expect(try await endpoint.list(.lease, options: "resourceVersion=0").revision == endpoint.revision)
    let old = try await endpoint.list(.lease, options: "resourceVersion=\(then)&limit=2")
    #expect(names(old) == ["l0", "l1"], "a limit without a match means the exact revision")
  }

  @Test func aRevisionYetToComeIsATimeout() async throws {
    let endpoint = try await endpoint()
    let next = await endpoint.revision + 1
    let error = await #expect(throws: APIError.self) {
      try await endpoint.list(.lease, options: "resourceVersion=\(next)")
    }
    #expect(error?.code == 504)
    #expect(error?.message == "Timeout: Too large resource version: \(next), current: \(next - 1)")
  }

  @Test func anExpiredListSaysHowToGoOnInconsistently() async throws {
    let endpoint = try await endpoint(journalCapacity: 4)
    let first = try await endpoint.list(.lease, options: "limit=2")
    for index in 0..<12 { try await endpoint.create(.lease, in: "ns", .named("m\(index)"), by: .client) }
    let error = await #expect(throws: APIError.self) {
      try await endpoint.list(.lease, Selection(), ListOptions(limit: 2, continuing: first.continueToken))
    }
    #expect(error?.code == 410)
    #expect(error?.reason == "Expired")
    let token = try ContinueToken(text: try #require(error?.status[dotted: "metadata.continue"]?.string))
    let second = try await endpoint.list(.lease, Selection(), ListOptions(limit: 9, continuing: token))
    #expect(names(second).prefix(4) == ["l2", "l3", "l4", "l5"])
    #expect(second.revision == (await endpoint.revision))
    let third = try await endpoint.list(.lease, Selection(), ListOptions(continuing: second.continueToken))
    #expect(third.objects.count + second.objects.count == 16)
    let exact = await #expect(throws: APIError.self) {
      try await endpoint.list(.lease, options: "resourceVersion=\(first.revision)&resourceVersionMatch=Exact")
    }
    #expect(exact?.message == "The resourceVersion for the provided list is too old.")
  }

  @Test func remainingIsSaidOnlyOfWholeLists() async throws {
    let endpoint = try await endpoint()
    #expect(try await endpoint.list(.lease, options: "limit=2").remaining == 4)
    let selected = try await endpoint.list(
      .lease, Selection(namespace: "ns", labels: try LabelSelector("!x")), try options("limit=2"))
    #expect(selected.remaining == nil)
    #expect(selected.continueToken != nil)
  }

  @Test(arguments: [
    ("resourceVersionMatch=Exact", "resourceVersionMatch is forbidden unless resourceVersion is provided"),
    ("resourceVersionMatch=Exact&resourceVersion=0", "is forbidden for resourceVersion \"0\""),
    ("resourceVersionMatch=Old&resourceVersion=1", "supported values: \"Exact\", \"NotOlderThan\""),
    ("resourceVersion=x", "invalid syntax"), ("continue=zz", "continue key is not valid"),
    ("continue=312f6e732f61&resourceVersion=3", "specifying resource version is not allowed when using continue"),
    ("continue=312f6e732f61&resourceVersion=3&resourceVersionMatch=Exact", "is forbidden when continue is provided"),
  ])
  func wrongParametersAreRefused(_ query: String, _ message: String) throws {
    let error = #expect(throws: APIError.self) { try options(query) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test func watchesTellWhatEntersAndLeavesASelector() async throws {
    let endpoint = try await endpoint()
    let filter = WatchFilter(
      kinds: [ResourceKind.lease.id], selection: Selection(labels: try LabelSelector("on=yes")))
    let watch = try await endpoint.watch(filter, from: try WatchStart(QueryParameters("resourceVersion=0")))
    let name = ObjectName(namespace: "ns", name: "l0")
    for labels in [["on": "yes"], ["on": "yes", "more": "1"], ["on": "no"]] as [JSONValue] {
      try await endpoint.patch(.lease, name, .merge(["metadata": ["labels": labels]]), by: .client)
    }
    await endpoint.forget(watch)
    var heard: [String] = []
    for await message in watch.messages {
      switch message {
      case .added(_, let object): heard.append("added \(object.value.texts(at: ["metadata", "labels"]).count)")
      case .modified(_, let object): heard.append("modified \(object.value.texts(at: ["metadata", "labels"]).count)")
      case .deleted(_, let object):
        #expect(object.value[at: ["metadata", "labels", "on"]] == "yes", "as it was last in the selection")
        #expect(object.revision == (await endpoint.revision))
        heard.append("deleted")
      case .bookmark: heard.append("bookmark")
      }
    }
    #expect(heard == ["added 1", "modified 2", "deleted"])
  }

  @Test func watchesBeginWhereTheyAreAsked() throws {
    let start = { (query: String) in try WatchStart(QueryParameters(query[...])) }
    #expect(try start("") == .now(announcesEnd: false))
    #expect(try start("resourceVersion=7") == .after(7))
    let initial = "sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
    #expect(try start("\(initial)&allowWatchBookmarks=true&resourceVersion=7") == .now(announcesEnd: true))
    #expect(try start("sendInitialEvents=false&resourceVersionMatch=NotOlderThan") == .fromNow)
    #expect(throws: APIError.self) { try start("sendInitialEvents=true") }
    #expect(throws: APIError.self) { try start("resourceVersionMatch=NotOlderThan") }
  }
}

extension APIEndpoint {
  fileprivate func list(_ kind: ResourceKind, options query: String) throws -> ListPage {
    try list(kind, Selection(), ListOptions(QueryParameters(query[...])))
  }
}
