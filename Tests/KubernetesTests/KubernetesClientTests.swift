import HTTPTransport
import JSON
import Testing

@testable import Kubernetes

@Suite struct KubernetesClientTests {
  private func client(_ server: ScriptedServer) throws -> KubernetesClient {
    KubernetesClient(access: ClusterAccess(server: server.url + "/prefix"), transport: try HTTPTransport())
  }

  @Test(arguments: [
    (401, "Unauthorized", KubernetesError.Code.unauthorized), (403, "Forbidden", .forbidden),
    (404, "NotFound", .notFound), (409, "Conflict", .conflict), (409, "AlreadyExists", .alreadyExists),
    (410, "Expired", .gone), (422, "Invalid", .invalid), (429, "TooManyRequests", .throttled),
    (500, "InternalError", .unavailable), (503, "ServiceUnavailable", .unavailable),
  ])
  func `a Status becomes one clean line with its code`(
    status: Int, reason: String, code: KubernetesError.Code
  ) async throws {
    let body = #"{"kind":"Status","code":\#(status),"reason":"\#(reason)","message":"why\u001b[2J\nnot"}"#
    let server = try ScriptedServer { _, _ in .whole(status, body) }
    let error = await #expect(throws: KubernetesError.self) {
      try await client(server).get(.services, namespace: "n", name: "s")
    }
    #expect(error?.code == code)
    #expect(error?.message == "the server answers \(status): why\u{FFFD}[2J\u{FFFD}not")
    #expect(server.requests.first == "GET /prefix/api/v1/namespaces/n/services/s")
  }

  @Test func `a patch says what it is`() async throws {
    let server = try ScriptedServer { _, request in
      .whole(request.head.contains("Content-Type: application/merge-patch+json\r\n") ? 200 : 415, #"{"a":1}"#)
    }
    let answer = try await client(server).patch(.services, namespace: "n", name: "s", subresource: "status", ["b": 2])
    #expect(answer == ["a": 1])
    #expect(server.requests == ["PATCH /prefix/api/v1/namespaces/n/services/s/status"])
  }

  @Test func `a probe asks readyz, and healthz where that is not known`() async throws {
    let old = try ScriptedServer { number, _ in .whole(number == 0 ? 404 : 200, "ok") }
    try await client(old).probe(timeout: .seconds(5))
    #expect(old.requests == ["GET /prefix/readyz", "GET /prefix/healthz"])

    let sick = try ScriptedServer { _, _ in .whole(500, "[-]etcd failed\nsecond line") }
    let error = await #expect(throws: KubernetesError.self) { try await client(sick).probe(timeout: .seconds(5)) }
    #expect(error?.code == .unavailable)
    #expect(error?.message == "the server answers 500: [-]etcd failed")
  }

  @Test func `nobody there is unreachable`() async throws {
    let server = try ScriptedServer { _, _ in .whole(200, "ok") }
    let gone = try client(server)
    server.stop()
    let error = await #expect(throws: KubernetesError.self) { try await gone.probe(timeout: .seconds(2)) }
    #expect(error?.code == .unreachable)
  }

  @Test func `no token is sent without TLS`() async throws {
    let server = try ScriptedServer { _, request in .whole(200, request.head.contains("secret") ? "1" : "0") }
    let access = ClusterAccess(server: server.url, credential: .token("secret"))
    let client = KubernetesClient(access: access, transport: try HTTPTransport())
    #expect(try await client.get("/x") == 0)
    #expect(!"\(access)".contains("secret"))
    #expect(!"\(access.credential)".contains("secret"))
  }
}
