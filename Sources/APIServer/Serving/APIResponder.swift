import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore

/// Answers HTTP requests from the endpoint under whose path they fall.
struct APIResponder: HTTPResponder {
  let endpoints: EndpointTable
  let watches: WatchPolicy
  /// Nil for a server that is open to all.
  let access: AccessControl?
  let logger: Logger

  /// How many bytes a request's body may have, as etcd-backed servers have it.
  static let largestBody = 3 * 1024 * 1024

  /// Cuts the connection: the server of a broken endpoint says nothing.
  struct ConnectionCut: Error {}

  func respond(to request: Request, context: ServerContext) async throws -> Response {
    let line = request.head.path ?? "/"
    let mark = line.firstIndex(of: "?") ?? line.endIndex
    let path = line[..<mark]
    guard let endpoint = await endpoints.endpoint(for: path) else {
      if ["/healthz", "/readyz", "/livez"].contains(path) { return Self.text("ok") }
      return Self.refusal(.unknownPath)
    }
    let query = QueryParameters(mark == line.endIndex ? "" : line[line.index(after: mark)...])
    let pass: RequestGate.Pass
    do throws(APIError) {
      // Before a byte of the body is taken: who may not ask has nothing to send.
      pass = try await RequestGate(access: access, endpoint: endpoint)
        .admit(request, path: path.dropFirst(endpoint.path.count), isWatch: query.isSet("watch"), on: context.channel)
    } catch {
      // What is left of the body is not read: the connection ends with the answer.
      return Self.refusal(error, closes: request.method != .get)
    }
    return try await answer(request, query: query, pass: pass, endpoint: endpoint, context: context)
  }

  /// Carries out what the gate has let in.
  private func answer(
    _ request: Request, query: QueryParameters, pass: RequestGate.Pass, endpoint: APIEndpoint, context: ServerContext
  ) async throws -> Response {
    var request = request
    let body: ByteBuffer
    do {
      body = try await request.collectBody(upTo: Self.largestBody)
    } catch is NIOTooManyBytesError {
      return Self.refusal(.tooLarge, closes: true)
    }
    guard try await admit(request, to: endpoint) else {
      try? await context.channel.close()
      throw ConnectionCut()
    }
    do throws(APIError) {
      let (mediaType, bytes) = try ProtobufBody.transcoded(
        Self.mediaType(request.headers[.contentType] ?? ""), Array(body.readableBytesView))
      let info = RequestInfo(
        method: request.method.rawValue, path: pass.path, query: query, mediaType: mediaType,
        accept: try Accept(header: request.headers[.accept]), userAgent: request.headers[.userAgent] ?? "",
        body: bytes, caller: pass.caller, creationRefusal: pass.creationRefusal)
      let handler = RequestHandler(endpoint: endpoint, info: info, target: try pass.target.get())
      let answer = try await handler.answer()
      AccessLog(logger: logger).note(info, pass.target)
      switch answer {
      case .document(let code, let bytes, let warnings):
        var response = Self.json(bytes, code: code)
        for warning in warnings { response.headers.append(warning: warning) }
        return response
      case .media(let type, let bytes):
        var response = Self.json(bytes, code: 200)
        response.headers[.contentType] = type
        return response
      case .text(let text): return Self.text(text)
      case .watch(let subscription, let framing):
        let stream = WatchStream(
          endpoint: endpoint, subscription: subscription, framing: framing, policy: watches,
          timeout: try info.query.integer("timeoutSeconds").map { .seconds($0) } ?? watches.timeout)
        return stream.response(to: request, on: context.channel)
      }
    } catch {
      return Self.refusal(error)
    }
  }

  /// Waits as long as the endpoint's fault wants; false cuts the connection.
  private func admit(_ request: Request, to endpoint: APIEndpoint) async throws -> Bool {
    guard await endpoint.fault == .partition else { return await endpoint.admit() }
    return try await request.body.consumeWithCancellationOnInboundClose { _ in await endpoint.admit() }
  }

  static func json(_ bytes: [UInt8], code: Int) -> Response {
    Response(
      status: .init(code: code), headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func text(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private static func refusal(_ error: APIError, closes: Bool = false) -> Response {
    var response = json(error.status.encoded(), code: error.code)
    if closes { response.headers[.connection] = "close" }
    return response
  }

  private static func mediaType(_ header: String) -> String {
    header.prefix { $0 != ";" }.trimmed.lowercased()
  }
}
