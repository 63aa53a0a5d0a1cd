import HTTPTransport
import Testing

@Suite("Request bodies", .timeLimit(.minutes(1)))
struct UploadTests {
  @Test("Bodies from memory go out as they are, with their length and nothing that was not asked for")
  func memory() async throws {
    let server = try LoopbackServer { connection in
      while let request = connection.readRequest() {
        let facts = [
          request.firstLine, request.field("content-type") ?? "-", request.field("content-length") ?? "-",
          request.field("expect") ?? "-", String(decoding: request.body, as: UTF8.self),
        ].joined(separator: "|")
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(facts.utf8.count)\r\n\r\n\(facts)")
      }
    }
    let transport = try HTTPTransport()
    let json = HTTPHeader("Content-Type", "application/json")
    for (method, headers, body, answer) in [
      ("PATCH", [json], "{\"a\":\"\u{0}\"}", "PATCH / HTTP/1.1|application/json|9|-|{\"a\":\"\u{0}\"}"),
      ("POST", [], "", "POST / HTTP/1.1|-|0|-|"),
      ("DELETE", [], "", "DELETE / HTTP/1.1|-|-|-|"),
      ("DELETE", [json], "{}", "DELETE / HTTP/1.1|application/json|2|-|{}"),
    ] {
      let request = HTTPRequest(method: method, url: server.url, headers: headers, body: Array(body.utf8))
      let response = try await transport.send(request)
      #expect(String(decoding: try await response.body.collect(upTo: 1000), as: UTF8.self) == answer)
    }
  }

  @Test("A streamed body waits for a slow server and arrives whole", arguments: [nil, 32 << 20])
  func streamed(length: Int?) async throws {
    let size = 32 << 20
    let mayRead = Gate()
    let server = try LoopbackServer { connection in
      guard let head = connection.readHead() else { return }
      mayRead.pass()
      let received =
        head.lowercased().contains("chunked") ? connection.readChunks() : connection.read(exactly: size)?.count
      connection.write("HTTP/1.1 201 Created\r\nX-Received: \(received ?? 0)\r\nContent-Length: 0\r\n\r\n")
    }
    let transport = try HTTPTransport()
    let upload = HTTPUpload(length: length)
    async let answer = transport.send(HTTPRequest(method: "PUT", url: server.url, upload: upload))
    var accepted = 0
    let block = [UInt8](repeating: 3, count: 1 << 20)
    while accepted < size {
      // The server reads nothing until the writer has gone further than any buffer on the way could carry it alone.
      if accepted == 1 << 20 { mayRead.open() }
      try await upload.write(block)
      accepted += block.count
    }
    upload.finish()
    #expect(try await answer.header("X-Received") == "\(size)")
  }

  @Test("A writer that fails breaks the request off")
  func failed() async throws {
    let begun = Signal<Void>()
    let ended = Signal<Int?>()
    let server = try LoopbackServer { connection in
      _ = connection.readHead()
      begun.give(())
      ended.give(connection.readChunks())
    }
    let transport = try HTTPTransport()
    let upload = HTTPUpload()
    async let answer = transport.send(HTTPRequest(method: "PUT", url: server.url, upload: upload))
    try await upload.write([1, 2, 3])
    await begun.value
    upload.fail(HTTPError(.cancelled, "the file cannot be read"))
    do {
      _ = try await answer
      Issue.record("the request came through")
    } catch {
      #expect(error is HTTPError)
    }
    #expect(await ended.value == nil)
  }
}

extension Connection {
  /// The number of bytes of a chunked body; nil where it breaks off.
  fileprivate func readChunks() -> Int? {
    var total = 0
    while true {
      var line = ""
      while !line.hasSuffix("\r\n") {
        guard let byte = read(exactly: 1) else { return nil }
        line += String(decoding: byte, as: UTF8.self)
      }
      guard let count = Int(line.dropLast(1), radix: 16), read(exactly: count + 2) != nil else { return nil }
      if count == 0 { return total }
      total += count
    }
  }
}
