import HTTPTransport
import JSON
import Testing

@testable import Kubernetes

/// List and watch over real sockets, against a server that follows a script.
@Suite struct WatchTests {
  private static let nothingKnown =
    #"{"kind":"Status","code":410,"reason":"Expired","message":"too old"}"#

  private static func list(_ names: [String], version: Int, next: String = "") -> String {
    let items = names.map { #"{"metadata":{"name":"\#($0)","resourceVersion":"1"}}"# }.joined(separator: ",")
    return #"{"metadata":{"resourceVersion":"\#(version)","continue":"\#(next)"},"items":[\#(items)]}"#
  }

  private static func event(_ type: String, _ name: String, version: Int) -> String {
    #"{"type":"\#(type)","object":{"metadata":{"name":"\#(name)","resourceVersion":"\#(version)"}}}"# + "\n"
  }

  private static func client(_ server: ScriptedServer) throws -> KubernetesClient {
    KubernetesClient(access: ClusterAccess(server: server.url), transport: try HTTPTransport())
  }

  private static let hasty = WatchOptions(
    pageSize: 2, silence: .milliseconds(300), random: { 0 }, sleep: { _ in await Task.yield() })

  /// The first updates of a watch, objects by their names.
  private static func updates(
    _ count: Int, from server: ScriptedServer, options: WatchOptions = hasty
  ) async throws -> [String] {
    var texts: [String] = []
    for await update in try client(server).watch(NodeObject.self, options: options) {
      switch update {
      case .replaced(let nodes): texts.append("replaced \(nodes.map(\.key.name).joined(separator: " "))")
      case .applied(let node): texts.append("applied \(node.key.name)")
      case .removed(let key): texts.append("removed \(key.name)")
      case .interrupted(let error): texts.append("interrupted \(error.code.rawValue)")
      case .restored: texts.append("restored")
      }
      if texts.count == count { break }
    }
    return texts
  }

  @Test(.timeLimit(.minutes(1)))
  func `pages, expiry, bookmarks, cuts and silence are all overcome without a partial list`() async throws {
    let server = try ScriptedServer { number, _ in
      switch number {
      case 0: .whole(200, Self.list(["a", "b"], version: 10, next: "t1"))
      case 1: .whole(410, Self.nothingKnown)
      case 2: .whole(200, Self.list(["a", "b", "c"], version: 11))
      case 3:
        .stream(
          Self.event("MODIFIED", "b", version: 12) + Self.event("BOOKMARK", "", version: 15)
            + #"{"type":"DELETED","object":{"metadata":{"name":"a""#, .cut)
      case 4: .stream(#"{"type":"ERROR","object":\#(Self.nothingKnown)}"# + "\n", .close)
      case 5: .whole(200, Self.list(["b", "c"], version: 20))
      case 6: .stream("", .silence)
      default: .stream(Self.event("DELETED", "c", version: 21), .silence)
      }
    }
    #expect(
      try await Self.updates(4, from: server) == ["replaced a b c", "applied b", "replaced b c", "removed c"])
    let watch = "GET /api/v1/nodes?watch=1&allowWatchBookmarks=true&resourceVersion="
    #expect(
      server.requests.prefix(8) == [
        "GET /api/v1/nodes?limit=2", "GET /api/v1/nodes?limit=2&continue=t1", "GET /api/v1/nodes",
        watch + "11&timeoutSeconds=300", watch + "15&timeoutSeconds=300", "GET /api/v1/nodes?limit=2",
        watch + "20&timeoutSeconds=300", watch + "20&timeoutSeconds=300",
      ])
  }

  @Test(.timeLimit(.minutes(1)))
  func `an interruption is told, and its end`() async throws {
    let server = try ScriptedServer { number, _ in
      switch number {
      case 0, 1: .whole(503, "etcd is down\nmore")
      case 2: .whole(200, Self.list(["a"], version: 1))
      default: .stream("", .silence)
      }
    }
    #expect(try await Self.updates(3, from: server) == ["interrupted unavailable", "replaced a", "restored"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a list that is cut is never an empty or a shorter world`() async throws {
    let server = try ScriptedServer { number, _ in
      switch number {
      case 0: .stream(String(Self.list(["a", "b"], version: 1).dropLast(20)), .cut)
      case 1: .stream(String(Self.list(["a", "b"], version: 1).dropLast(1)), .close)
      case 2: .whole(200, "{}")
      case 3: .whole(200, Self.list(["a", "b"], version: 1))
      default: .stream("", .silence)
      }
    }
    #expect(try await Self.updates(3, from: server) == ["interrupted incomplete", "replaced a b", "restored"])
  }

  @Test(.timeLimit(.minutes(1)))
  func `a server that takes offence at protobuf is asked for JSON from then on`() async throws {
    let server = try ScriptedServer { _, request in
      if request.head.contains("protobuf") { return .whole(406, "not acceptable") }
      return request.line.contains("watch=1")
        ? .stream(Self.event("ADDED", "b", version: 2), .silence) : .whole(200, Self.list(["a"], version: 1))
    }
    #expect(try await Self.updates(2, from: server) == ["replaced a", "applied b"])
    #expect(server.requests.count == 3)
  }

  @Test(.timeLimit(.minutes(1)))
  func `where there are no slices the endpoints are read`() async throws {
    let server = try ScriptedServer { _, request in
      switch request.line {
      case "GET /apis/discovery.k8s.io": .whole(404, "404 page not found")
      case "GET /api/v1/endpoints?limit=500":
        .whole(
          200,
          #"{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"s"},"subsets":[{"addresses":[{}]}]}]}"#)
      default: .whole(500, "")
      }
    }
    let slices = try await Self.client(server).list(EndpointSliceObject.self)
    #expect(slices.map(\.service) == ["s"])
    #expect(slices.map(\.readyEndpoints) == [1])
  }

  @Test(.timeLimit(.minutes(1)))
  func `dropping the stream closes its connection`() async throws {
    let server = try ScriptedServer { number, _ in
      number == 0 ? .whole(200, Self.list(["a"], version: 1)) : .stream("", .silence)
    }
    #expect(try await Self.updates(1, from: server) == ["replaced a"])
    let count = server.requests.count
    #expect(count <= 2)
  }
}
