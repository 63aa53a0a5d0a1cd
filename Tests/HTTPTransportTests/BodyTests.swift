import HTTPTransport
import Testing

@Suite("Bodies", .timeLimit(.minutes(1)))
struct BodyTests {
  @Test("A slow reader stops a fast server instead of filling memory")
  func backPressure() async throws {
    let size = 200 << 20
    let stalledAfter = Signal<Int>()
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
      let block = [UInt8](repeating: 7, count: 1 << 20)
      var sent = 0
      while sent < size {
        let count = connection.write(block, givingUpAfterMilliseconds: 200)
        sent += count
        if count == block.count { continue }
        stalledAfter.give(sent)
        guard connection.write(Array(block[count...])) else { return }
        sent += block.count - count
      }
      stalledAfter.give(sent)
    }
    let response = try await HTTPTransport().send(HTTPRequest(url: server.url))
    // What the kernel's socket buffers hold on both sides, and no more than the high-water mark on top.
    #expect(await stalledAfter.value < 24 << 20)
    var received = 0
    for try await chunk in response.body {
      #expect(chunk.count <= 2 * HTTPBody.highWater)
      received += chunk.count
    }
    #expect(received == size)
  }

  @Test("An answer that ends before its length or its last chunk is an error, after what did arrive")
  func truncated() async throws {
    for head in ["Content-Length: 100\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"] {
      let mayEnd = Gate()
      let server = try LoopbackServer { connection in
        _ = connection.readRequest()
        connection.write("HTTP/1.1 200 OK\r\n\(head)")
        mayEnd.pass()
      }
      let response = try await HTTPTransport().send(HTTPRequest(url: server.url))
      var body = response.body.makeAsyncIterator()
      #expect(try await body.next() == Array("half".utf8))
      mayEnd.open()
      let error = await #expect(throws: HTTPError.self) { _ = try await body.next() }
      #expect(error?.code == .truncated)
    }
  }

  @Test(
    "What is not HTTP, and no answer at all, are told apart",
    arguments: [("SSH-2.0-OpenSSH_9.2\r\n", HTTPError.Code.protocol), ("", .truncated)])
  func garbage(answer: String, code: HTTPError.Code) async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write(answer)
    }
    let error = await #expect(throws: HTTPError.self) {
      _ = try await HTTPTransport().send(HTTPRequest(url: server.url))
    }
    #expect(error?.code == code)
  }

  @Test("The head is the final one, in order, with folded and empty values")
  func heads() async throws {
    let server = try LoopbackServer { connection in
      _ = connection.readRequest()
      connection.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
      connection.write(
        "HTTP/1.1 409 Conflict\r\nX-Empty:\r\nRetry-After:  7 \r\nX-Folded: a\r\n  b\r\nContent-Length: 0\r\n\r\n")
    }
    let response = try await HTTPTransport().send(HTTPRequest(url: server.url))
    #expect(response.status == 409)
    #expect(response.version == "HTTP/1.1")
    #expect(response.headers.map(\.name) == ["X-Empty", "Retry-After", "X-Folded", "Content-Length"])
    #expect(response.header("retry-after") == "7")
    #expect(response.header("x-empty") == "")
    #expect(response.header("X-Folded") == "a b")
    #expect(try await response.body.collect(upTo: 0) == [])
  }

  @Test("A head without end and a body over the limit are refused, and the connection is closed")
  func tooLarge() async throws {
    let ended = Signal<Void>()
    let server = try LoopbackServer { connection in
      guard let request = connection.readRequest() else { return }
      let line = [UInt8](repeating: UInt8(ascii: "a"), count: 4096)
      if request.firstLine.contains("head") {
        connection.write("HTTP/1.1 200 OK\r\n")
        while connection.write(Array("X: ".utf8) + line + [13, 10]) {}
      } else {
        connection.write("HTTP/1.1 200 OK\r\n\r\n")
        while connection.write(line) {}
        ended.give(())
      }
    }
    let transport = try HTTPTransport()
    let head = await #expect(throws: HTTPError.self) {
      _ = try await transport.send(HTTPRequest(url: server.url + "head"))
    }
    #expect(head?.code == .tooLarge)
    let response = try await transport.send(HTTPRequest(url: server.url + "body"))
    let body = await #expect(throws: HTTPError.self) { _ = try await response.body.collect(upTo: 1 << 20) }
    #expect(body?.code == .tooLarge)
    await ended.value
  }

  @Test("A compressed answer is read as what was compressed")
  func gzip() async throws {
    // printf zonetop | gzip -n
    let compressed: [UInt8] = [
      0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xab, 0xca, 0xcf, 0x4b, 0x2d, 0xc9, 0x2f, 0, 0, 0x51, 0xe5, 0xb4, 0xe7,
      0x07, 0, 0, 0,
    ]
    let server = try LoopbackServer { connection in
      guard let request = connection.readRequest(), request.field("accept-encoding") == "gzip" else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(compressed.count)\r\n\r\n")
      connection.write(compressed)
    }
    let response = try await HTTPTransport().send(HTTPRequest(url: server.url))
    #expect(String(decoding: try await response.body.collect(upTo: 100), as: UTF8.self) == "zonetop")
  }
}
