import HTTPTransport
import Testing

/// Answers without end, whose reader goes away.
@Suite("Cancellation and silence", .timeLimit(.minutes(1)))
struct EndingTests {
  /// A server that begins an answer (or not), then only waits for the client's end.
  private struct Endless {
    let asked = Signal<Void>()
    let ended = Signal<ContinuousClock.Instant>()
    let server: LoopbackServer

    init(_ beginning: String) throws {
      server = try LoopbackServer { [asked, ended] connection in
        guard connection.readRequest() != nil else { return }
        connection.write(beginning)
        asked.give(())
        connection.waitForEnd()
        ended.give(.now)
      }
    }
  }

  private static let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n"

  @Test("Cancelling the reader closes the connection at once")
  func cancelledReader() async throws {
    let endless = try Endless(Self.head)
    let transport = try HTTPTransport()
    let reading = Signal<Void>()
    let reader = Task { () -> HTTPError.Code? in
      var body = try await transport.send(HTTPRequest(url: endless.server.url)).body.makeAsyncIterator()
      #expect(try await body.next() == Array("one".utf8))
      reading.give(())
      do throws(HTTPError) {
        _ = try await body.next()
        return nil
      } catch {
        return error.code
      }
    }
    await reading.value
    let start = ContinuousClock.now
    reader.cancel()
    #expect(try await reader.value == .cancelled)
    #expect(await endless.ended.value - start < .milliseconds(500))
  }

  @Test("Cancelling before the head is there closes the connection")
  func cancelledCaller() async throws {
    let endless = try Endless("")
    let transport = try HTTPTransport()
    let caller = Task { try await transport.send(HTTPRequest(url: endless.server.url)) }
    await endless.asked.value
    let start = ContinuousClock.now
    caller.cancel()
    let error = await #expect(throws: HTTPError.self) { _ = try await caller.value }
    #expect(error?.code == .cancelled)
    #expect(await endless.ended.value - start < .milliseconds(500))
  }

  @Test("A task that is cancelled already sends nothing, and reads nothing")
  func cancelledBefore() async throws {
    let endless = try Endless(Self.head)
    let transport = try HTTPTransport()
    let response = try await transport.send(HTTPRequest(url: endless.server.url))
    let (sent, read) = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      let sent = await #expect(throws: HTTPError.self) {
        _ = try await transport.send(HTTPRequest(url: endless.server.url))
      }
      let read = await #expect(throws: HTTPError.self) { _ = try await response.body.collect(upTo: 100) }
      return (sent, read)
    }.value
    #expect(sent?.code == .cancelled)
    #expect(read?.code == .cancelled)
    _ = await endless.ended.value
    #expect(endless.server.connections == 1)
  }

  @Test("Dropping the answer closes the connection, and the transport serves on")
  func dropped() async throws {
    let endless = try Endless(Self.head)
    let transport = try HTTPTransport()
    for _ in 0..<3 { _ = try await transport.send(HTTPRequest(url: endless.server.url)).status }
    _ = await endless.ended.value
  }

  @Test("The last body keeps the transport alive; with it both end")
  func transportEnds() async throws {
    let endless = try Endless(Self.head)
    weak var ended: HTTPTransport?
    do {
      var transport: HTTPTransport? = try HTTPTransport()
      ended = transport
      let response = try await transport?.send(HTTPRequest(url: endless.server.url))
      transport = nil
      var body = response?.body.makeAsyncIterator()
      #expect(try await body?.next() == Array("one".utf8))
      #expect(ended != nil)
    }
    _ = await endless.ended.value
    #expect(ended == nil)
  }

  @Test("A server that falls silent is an error, before the head and after it", arguments: ["", Self.head])
  func silence(beginning: String) async throws {
    let endless = try Endless(beginning)
    let error = await #expect(throws: HTTPError.self) {
      let request = HTTPRequest(url: endless.server.url, silenceTimeout: .milliseconds(150))
      _ = try await HTTPTransport().send(request).body.collect(upTo: 100)
    }
    #expect(error?.code == .silent)
    _ = await endless.ended.value
  }

  @Test("A connection that never stands is given up in time")
  func connectTimeout() async throws {
    // A listener whose queue is full: the kernel drops what else comes.
    let busy = try LoopbackServer.unreachable()
    defer { busy.end() }
    let error = await #expect(throws: HTTPError.self) {
      let request = HTTPRequest(url: "http://127.0.0.1:\(busy.port)/", connectTimeout: .milliseconds(200))
      _ = try await HTTPTransport().send(request)
    }
    #expect(error?.code == .timeout)
  }
}
