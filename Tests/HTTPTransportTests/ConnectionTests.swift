import Glibc
import HTTPTransport
import Testing

@Suite("Connections", .timeLimit(.minutes(1)))
struct ConnectionTests {
  @Test("A connection whose answer was read is used again")
  func reuse() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.readRequest() {
        connection.write(
          "HTTP/1.1 200 OK\r\nContent-Length: \(request.firstLine.utf8.count)\r\n\r\n\(request.firstLine)")
      }
    }
    let transport = try HTTPTransport()
    for path in ["one", "two", "three"] {
      let response = try await transport.send(HTTPRequest(url: server.url + path))
      #expect(response.status == 200)
      #expect(String(decoding: try await response.body.collect(upTo: 100), as: UTF8.self) == "GET /\(path) HTTP/1.1")
    }
    #expect(server.connections == 1)
  }

  @Test("A port on which nobody listens is one clear line")
  func refused() async throws {
    let port = try LoopbackServer.closedPort()
    let error = await #expect(throws: HTTPError.self) {
      _ = try await HTTPTransport().send(HTTPRequest(url: "http://user:secret@127.0.0.1:\(port)/api?token=secret"))
    }
    #expect(error?.code == .refused)
    let text = error?.description ?? ""
    #expect(text.hasPrefix("GET http://127.0.0.1:\(port)/api: no connection"))
    #expect(!text.contains("secret") && !text.contains("\n"))
  }

  @Test("A name without an address, an address without a scheme that is spoken, and bytes that would split a header")
  func refusedBeforehand() async throws {
    let transport = try HTTPTransport()
    for (request, code) in [
      (HTTPRequest(url: "http://no-such-host.invalid/"), HTTPError.Code.resolve),
      (HTTPRequest(url: "file:///etc/passwd"), .invalidRequest),
      (HTTPRequest(url: "http://127.0.0.1:99999/"), .invalidRequest),
      (HTTPRequest(url: "http://127.0.0.1:1/", headers: [HTTPHeader("X", "a\r\nY: b")]), .invalidRequest),
      (HTTPRequest(method: "GET /", url: "http://127.0.0.1:1/"), .invalidRequest),
    ] {
      let error = await #expect(throws: HTTPError.self) { _ = try await transport.send(request) }
      #expect(error?.code == code, "\(request.url)")
    }
  }

  @Test("Three hundred answers are open at once and each gets its own bytes", .timeLimit(.minutes(2)))
  func manyStreams() async throws {
    let count = 300
    let allOpen = Gate()
    let server = try LoopbackServer { connection in
      guard let name = connection.readRequest()?.field("X-Stream") else { return }
      connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n")
      allOpen.pass()
      let line = "\(name)\n"
      connection.write("\(String(line.utf8.count, radix: 16))\r\n\(line)\r\n0\r\n\r\n")
    }
    let transport = try HTTPTransport()
    var bodies: [HTTPBody.Iterator] = []
    try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
      for index in 0..<count {
        group.addTask {
          try await transport.send(HTTPRequest(url: server.url, headers: [HTTPHeader("X-Stream", "stream \(index)")]))
        }
      }
      for try await response in group { bodies.append(response.body.makeAsyncIterator()) }
    }
    #expect(server.connections == count)
    for index in bodies.indices { #expect(try await bodies[index].next() == Array("{}".utf8)) }
    allOpen.open()
    var names: Set<String> = []
    for index in bodies.indices {
      while let chunk = try await bodies[index].next() { names.insert(String(decoding: chunk, as: UTF8.self)) }
    }
    #expect(names == Set((0..<count).map { "stream \($0)\n" }))
  }

  @Test("Proxies named by the environment are not asked")
  func environmentIsIgnored() async throws {
    await #expect(processExitsWith: .success) {
      for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] { setenv(name, "http://127.0.0.1:1", 1) }
      let server = try LoopbackServer { connection in
        _ = connection.readRequest()
        connection.write("HTTP/1.1 204 No Content\r\n\r\n")
      }
      #expect(try await HTTPTransport().send(HTTPRequest(url: server.url)).status == 204)
    }
  }
}
