import HTTPTransport
import Synchronization

/// Stands before an HTTP server and lets chosen requests go wrong; all others pass as they are.
final class FaultyHTTP: Sendable {
  /// What happens to the next request that it is meant for.
  enum Fault: Sendable {
    /// The server does it, and nobody hears the answer.
    case loseReply
    /// The server never hears of it; this is answered in its place.
    case answer(FakeHTTPServer.Reply)
    /// Half of the answer arrives.
    case halfReply
  }

  private struct State {
    var faults: [(fault: Fault, matches: @Sendable (FakeHTTPServer.Request) -> Bool)] = []
    var seen: [String] = []
    var server: FakeHTTPServer?
  }

  private let state = Mutex(State())
  private let transport: HTTPTransport
  private let upstream: String

  /// - Parameter upstream: `http://127.0.0.1:PORT`.
  init(before upstream: String) async throws {
    transport = try HTTPTransport()
    self.upstream = upstream
    let server = try await FakeHTTPServer.start { [weak self] in await self?.pass($0) ?? .cut }
    state.withLock { $0.server = server }
  }

  var port: Int { state.withLock { $0.server?.port ?? 0 } }
  /// `METHOD TARGET` of every request that came.
  var seen: [String] { state.withLock { $0.seen } }

  func forget() { state.withLock { $0.seen = [] } }

  /// Arms a fault for the next request that matches; several wait their turn.
  func next(
    _ fault: Fault, times: Int = 1, where matches: @escaping @Sendable (FakeHTTPServer.Request) -> Bool = { _ in true }
  ) {
    state.withLock { state in
      for _ in 0..<times { state.faults.append((fault, matches)) }
    }
  }

  /// Whether every armed fault has happened.
  var isSpent: Bool { state.withLock { $0.faults.isEmpty } }

  func stop() async { await state.withLock { $0.server }?.stop() }

  private func pass(_ request: FakeHTTPServer.Request) async -> FakeHTTPServer.Reply {
    let fault = state.withLock { state -> Fault? in
      state.seen.append("\(request.method) \(request.target)")
      guard let index = state.faults.firstIndex(where: { $0.matches(request) }) else { return nil }
      return state.faults.remove(at: index).fault
    }
    if case .answer(let reply)? = fault { return reply }
    do {
      let headers = request.headers.filter { !["content-length", "connection", "transfer-encoding"].contains($0.name) }
      let response = try await transport.send(
        HTTPRequest(
          method: request.method, url: upstream + request.target,
          headers: headers.map { HTTPHeader($0.name, $0.value) }, body: request.body))
      let body = try await response.body.collect(upTo: 256 << 20)
      let answer = response.headers.filter {
        !["content-length", "connection", "transfer-encoding", "date", "server"].contains($0.name.lowercased())
      }.map { ($0.name, $0.value) }
      switch fault {
      case .loseReply: return .cut
      case .halfReply: return .cutAfter(body.count / 2, status: response.status, headers: answer, body: body)
      default: return .answer(status: response.status, headers: answer, body: body)
      }
    } catch {
      return .answer(status: 502, body: Array("\(error)".utf8))
    }
  }
}
