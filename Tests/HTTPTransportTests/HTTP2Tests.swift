import Glibc
import HTTPTransport
import Testing

private let isInstalled = access("/usr/sbin/nghttpd", X_OK) == 0

@Suite("HTTP/2", .timeLimit(.minutes(1)), .enabled(if: isInstalled, "needs nghttpd (nghttp2-server)"))
struct HTTP2Tests {
  @Test("Requests made at once share one connection where the server offers HTTP/2")
  func shared() async throws {
    let (certificates, server, door) = try await start()
    let tls = TLSSettings(certificateAuthority: try certificates.read("ca.crt"), serverName: "api.example.test")
    let transport = try HTTPTransport()
    let versions = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<50 {
        group.addTask {
          let response = try await transport.send(HTTPRequest(url: "https://127.0.0.1:\(door.port)/ca.crt", tls: tls))
          #expect(try await response.body.collect(upTo: 65536) == certificates.read("ca.crt"))
          return response.version
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(versions == ["HTTP/2"])
    #expect(door.connections == 1)
    _ = server
  }

  /// Each stream that is paused, and each that is dropped, leaves news of the others on the one socket: whoever waits
  /// for the socket alone must still be told of them.
  @Test("Streams that pause, and streams that are dropped, keep no other waiting on their connection")
  func mixed() async throws {
    let (certificates, server, door) = try await start()
    let tls = TLSSettings(certificateAuthority: try certificates.read("ca.crt"), serverName: "api.example.test")
    let size = 3 << 20
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    try certificates.write("large", bytes)
    let transport = try HTTPTransport()
    @Sendable func ask() async throws -> HTTPBody {
      try await transport.send(HTTPRequest(url: "https://127.0.0.1:\(door.port)/large", tls: tls)).body
    }
    // Asked for and not read: each fills what waits for it, and stops. All of them fit into the connection's window.
    var paused: [HTTPBody] = []
    for _ in 0..<8 { paused.append(try await ask()) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        group.addTask {
          let body = try await ask()
          if index % 4 == 0 {
            var reader = body.makeAsyncIterator()
            _ = try await reader.next()
          } else {
            #expect(try await body.collect(upTo: size) == bytes)
          }
        }
      }
      try await group.waitForAll()
    }
    for body in paused { #expect(try await body.collect(upTo: size) == bytes) }
    #expect(door.connections == 1)
    _ = server
  }

  /// nghttpd, and a door to it that counts the connections and waits for its first moment.
  private func start() async throws -> (Certificates, ChildProcess, LoopbackServer) {
    let certificates = try await Certificates.shared.value
    let port = try LoopbackServer.closedPort()
    let server = try ChildProcess([
      "/usr/sbin/nghttpd", "-a", "127.0.0.1", "-d", certificates.folder, "\(port)",
      "\(certificates.folder)/server.key", "\(certificates.folder)/server.crt",
    ])
    let door = try LoopbackServer { connection in
      for _ in 0..<500 {
        if let inner = LoopbackServer.connect(to: port) { return connection.splice(with: inner) }
        usleep(10_000)
      }
    }
    return (certificates, server, door)
  }
}
