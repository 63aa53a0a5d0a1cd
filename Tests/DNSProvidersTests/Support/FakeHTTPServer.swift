import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// An HTTP server on loopback whose answers a test decides, also those that go wrong.
final class FakeHTTPServer: Sendable {
  let port: Int
  private let running: Task<Void, any Error>

  struct Request: Sendable {
    var method: String
    /// Path and query as they were sent.
    var target: String
    /// In the order of arrival, names as HTTP/1.1 has them but lower-cased.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }
    var path: String { String(target.prefix { $0 != "?" }) }
    /// The query's pairs, percent-decoded.
    var query: [(name: String, value: String)] {
      target.split(separator: "?", maxSplits: 1).dropFirst().first?.split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1)
        return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
      } ?? []
    }

    static func decoded(_ text: some StringProtocol) -> String {
      var bytes: [UInt8] = []
      var rest = Array(text.utf8)[...]
      while let byte = rest.popFirst() {
        if byte == UInt8(ascii: "%"), rest.count > 1,
          let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
        {
          bytes.append(value)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        }
      }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  enum Reply: Sendable {
    case answer(status: Int, headers: [(String, String)] = [], body: [UInt8])
    /// The head and so much of the body; then the connection ends.
    case cutAfter(Int, status: Int, headers: [(String, String)] = [], body: [UInt8])
    /// The connection ends without a word.
    case cut
  }

  private struct Cut: Error {}

  private init(port: Int, running: Task<Void, any Error>) {
    self.port = port
    self.running = running
  }

  static func start(_ answer: @escaping @Sendable (Request) async -> Reply) async throws -> FakeHTTPServer {
    let quiet = Logger(label: "fake") { _ in SwiftLogNoOpLogHandler() }
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let responder = CallbackResponder<BasicRequestContext> { request, _ in
      let buffer = try await request.body.collect(upTo: 64 << 20)
      var headers = request.headers.map { ($0.name.canonicalName, $0.value) }
      if let host = request.head.authority { headers.append(("host", host)) }
      let reply = await answer(
        Request(
          method: request.method.rawValue, target: request.uri.string,
          headers: headers.map { (name: $0.0, value: $0.1) }, body: Array(buffer.readableBytesView)))
      return response(reply)
    }
    let application = Application(
      responder: responder,
      configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), reuseAddress: true),
      onServerRunning: { channel in
        listening.yield(channel.localAddress?.port ?? 0)
        listening.finish()
      }, logger: quiet)
    // Owned by the server, which cancels it in `stop`.
    let running = Task {
      defer { listening.finish() }
      try await application.run()
    }
    var iterator = ports.makeAsyncIterator()
    guard let port = await iterator.next() else {
      try await running.value
      throw Cut()
    }
    return FakeHTTPServer(port: port, running: running)
  }

  func stop() async {
    running.cancel()
    _ = await running.result
  }

  private static func response(_ reply: Reply) -> Response {
    switch reply {
    case .answer(let status, let headers, let body):
      return Response(
        status: .init(code: status), headers: fields(headers), body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    case .cutAfter(let count, let status, let headers, let body):
      return Response(
        status: .init(code: status), headers: fields(headers),
        body: ResponseBody(contentLength: body.count) { writer in
          try await writer.write(ByteBuffer(bytes: body.prefix(count)))
          throw Cut()
        })
    case .cut:
      // A head with a length and no byte of it: no client takes that for an answer.
      return Response(
        status: .ok, body: ResponseBody(contentLength: 1) { _ in throw Cut() })
    }
  }

  private static func fields(_ headers: [(String, String)]) -> HTTPFields {
    var fields = HTTPFields()
    for (name, value) in headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    return fields
  }
}
