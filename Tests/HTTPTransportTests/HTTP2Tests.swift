import Glibc
import HTTPTransport
import Testing

@Suite("HTTP/2", .timeLimit(.minutes(1)))
struct HTTP2Tests {
  private static let isInstalled = access("/usr/sbin/nghttpd", X_OK) == 0

  @Test(
    "Requests made at once share one connection where the server offers HTTP/2",
    .enabled(if: isInstalled, "nghttpd is not installed (apt-get install nghttp2-server)"))
  func shared() async throws {
    let certificates = try await Certificates.shared.value
    let port = try LoopbackServer.closedPort()
    let server = try ChildProcess([
      "/usr/sbin/nghttpd", "-v", "-a", "127.0.0.1", "-d", certificates.folder, "\(port)",
      "\(certificates.folder)/server.key",
      "\(certificates.folder)/server.crt",
    ])
    // Counts the connections, and waits for the server's first moment.
    let door = try LoopbackServer { connection in
      for _ in 0..<500 {
        if let inner = LoopbackServer.connect(to: port) { return connection.splice(with: inner) }
        usleep(10_000)
      }
    }
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
}
