import HTTPTransport
import Testing

@Suite("Trust and identity", .timeLimit(.minutes(1)))
struct TLSTests {
  private func ask(_ server: TLSServer, _ tls: TLSSettings, proxy: String? = nil) async throws -> String {
    let request = HTTPRequest(url: "https://127.0.0.1:\(server.port)/", tls: tls, proxy: proxy)
    let response = try await HTTPTransport().send(request)
    return String(decoding: try await response.body.collect(upTo: 1000), as: UTF8.self)
  }

  private func refusal(_ server: TLSServer, _ tls: TLSSettings) async -> HTTPError? {
    await #expect(throws: HTTPError.self) { _ = try await ask(server, tls) }
  }

  @Test("Only the given authority and the right name are trusted")
  func trust() async throws {
    let certificates = try await Certificates.shared.value
    let server = try await TLSServer(certificates)
    let (ca, other) = (try certificates.read("ca.crt"), try certificates.read("other.crt"))
    let name = "api.example.test"
    let trusted = TLSSettings(certificateAuthority: ca, serverName: name)
    #expect(try await ask(server, trusted) == "nobody 127.0.0.1:\(server.port)")
    #expect(await refusal(server, TLSSettings(serverName: name))?.code == .tls)
    #expect(await refusal(server, TLSSettings(certificateAuthority: other, serverName: name))?.code == .tls)
    let wrongName = await refusal(server, TLSSettings(certificateAuthority: ca))
    #expect(wrongName?.code == .tls)
    #expect(wrongName?.description.contains("127.0.0.1") == true)
    #expect(
      await refusal(server, TLSSettings(certificateAuthority: ca, serverName: "other.example.test"))?.code == .tls)
    #expect(await refusal(server, TLSSettings(certificateAuthority: Array("no PEM".utf8)))?.code == .tls)
    #expect(try await ask(server, TLSSettings(verification: .none)).hasPrefix("nobody"))
  }

  @Test("Connections are shared only where trust and identity are the same")
  func noSharing() async throws {
    let certificates = try await Certificates.shared.value
    let server = try await TLSServer(certificates)
    let transport = try HTTPTransport()
    let trusted = TLSSettings(certificateAuthority: try certificates.read("ca.crt"), serverName: "api.example.test")
    let url = "https://127.0.0.1:\(server.port)/"
    _ = try await transport.send(HTTPRequest(url: url, tls: trusted)).body.collect(upTo: 1000)
    var untrusting = trusted
    untrusting.certificateAuthority = try certificates.read("other.crt")
    let request = HTTPRequest(url: url, tls: untrusting)
    let error = await #expect(throws: HTTPError.self) { _ = try await transport.send(request) }
    #expect(error?.code == .tls)
  }

  @Test("A server that wants a client certificate gets the given one, and its refusal is told")
  func clientCertificate() async throws {
    let certificates = try await Certificates.shared.value
    let server = try await TLSServer(certificates, clients: .signed)
    var tls = TLSSettings(certificateAuthority: try certificates.read("ca.crt"), serverName: "api.example.test")
    let refused = await refusal(server, tls)
    // By an alert, or by a reset that overtakes it.
    #expect([.tls, .truncated].contains(refused?.code), "\(String(describing: refused))")
    #expect(refused?.description.contains("client certificate") == true)
    tls.clientCertificate = try certificates.read("client.crt")
    tls.clientKey = try certificates.read("client.key")
    #expect(try await ask(server, tls).hasPrefix("shard-reader "))
    tls.clientKey = try certificates.read("server.key")
    let mismatch = await refusal(server, tls)
    #expect(mismatch?.code == .tls)
    #expect(mismatch?.description.contains("PRIVATE KEY") == false)
  }

  @Test("A TLS server that closes while we write is an error, not the end of the process")
  func brokenPipe() async throws {
    let certificates = try await Certificates.shared.value
    let server = try await TLSServer(certificates)
    let transport = try HTTPTransport()
    let upload = HTTPUpload()
    let request = HTTPRequest(
      method: "PUT", url: "https://127.0.0.1:\(server.port)/", upload: upload, tls: TLSSettings(verification: .none))
    async let answer = transport.send(request)
    await #expect(throws: HTTPError.self) {
      for _ in 0..<1000 { try await upload.write([UInt8](repeating: 1, count: 65536)) }
    }
    do {
      _ = try await answer
      Issue.record("the request came through")
    } catch {
      #expect(error is HTTPError)
    }
  }

  @Test("TLS goes through an HTTP proxy's tunnel and through SOCKS", arguments: ["http", "socks5"])
  func proxied(scheme: String) async throws {
    let certificates = try await Certificates.shared.value
    let server = try await TLSServer(certificates)
    let proxy = try LoopbackServer { scheme == "http" ? serveTunnel($0) : serveSOCKS($0) }
    let tls = TLSSettings(certificateAuthority: try certificates.read("ca.crt"), serverName: "api.example.test")
    #expect(try await ask(server, tls, proxy: "\(scheme)://127.0.0.1:\(proxy.port)").hasPrefix("nobody"))
    #expect(proxy.connections == 1)
  }

  @Test("A proxy that refuses is named, its password is not")
  func refusingProxy() async throws {
    let proxy = try LoopbackServer { connection in
      _ = connection.readHead()
      connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
    }
    let error = await #expect(throws: HTTPError.self) {
      let address = "http://user:secret@127.0.0.1:\(proxy.port)"
      _ = try await HTTPTransport().send(HTTPRequest(url: "https://example.test/", proxy: address))
    }
    #expect(error?.code == .proxy)
    #expect(error?.description.contains("127.0.0.1:\(proxy.port)") == true)
    #expect(error?.description.contains("secret") == false)
  }
}

/// The server's side of CONNECT (RFC 9110 section 9.3.6).
private func serveTunnel(_ client: Connection) {
  guard let head = client.readHead(), head.hasPrefix("CONNECT 127.0.0.1:"),
    let port = head.split(separator: " ")[1].split(separator: ":").last.flatMap({ UInt16($0) }),
    let server = LoopbackServer.connect(to: port)
  else { return }
  client.write("HTTP/1.1 200 Connection established\r\n\r\n")
  client.splice(with: server)
}

/// The server's side of SOCKS 5 without authentication, for IPv4 (RFC 1928).
private func serveSOCKS(_ client: Connection) {
  guard let greeting = client.read(exactly: 2), client.read(exactly: Int(greeting[1])) != nil else { return }
  client.write([5, 0])
  guard let request = client.read(exactly: 10), request[..<4].elementsEqual([5, 1, 0, 1]),
    let server = LoopbackServer.connect(to: UInt16(request[8]) << 8 | UInt16(request[9]))
  else { return }
  client.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
  client.splice(with: server)
}
