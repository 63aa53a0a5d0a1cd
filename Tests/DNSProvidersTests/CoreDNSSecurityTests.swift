import DNS
import DNSProviders
import Federation
import Foundation
import HTTPTransport
import Testing

/// etcd with TLS, client certificates and users.
@Suite(
  .enabled(
    if: Bed.has("etcd", "etcdctl", "openssl"),
    "there is no etcd on this machine (apt-get install etcd-server etcd-client openssl)"), BedTrait("etcd-secure"))
struct CoreDNSSecurityTests {
  private var bed: Bed { get throws { try #require(Bed.current) } }

  private func file(_ key: String) throws -> String { try String(contentsOfFile: try bed[key], encoding: .utf8) }

  private var password: String {
    get throws { try file("PASSWORD_FILE").trimmingCharacters(in: .whitespacesAndNewlines) }
  }

  private func trust(clientCertificate: Bool = true) throws -> TLSSettings {
    var tls = TLSSettings(certificateAuthority: Array(try file("CA_FILE").utf8))
    guard clientCertificate else { return tls }
    tls.clientCertificate = Array(try file("CERT_FILE").utf8)
    tls.clientKey = Array(try file("KEY_FILE").utf8)
    return tls
  }

  private func provider(
    user: String? = "zonetop", password: String? = nil, tls: TLSSettings? = nil, prefix: String = "/skydns"
  ) throws -> CoreDNSProvider {
    try CoreDNSBed.provider(
      [try bed["URL"]], prefix: prefix,
      credentials: user.map { EtcdCredentials(user: $0, password: try password ?? self.password) }, tls: tls ?? trust())
  }

  /// Every way to ask, and how each is refused.
  private func refusals(_ provider: CoreDNSProvider) async throws -> [ProviderError] {
    let service = try TestService("secure")
    let batch = service.batch(nil, to: [service.set("r1", .a, "192.0.2.1")])
    return [
      await CoreDNSBed.refusal { try await provider.readZone() },
      await CoreDNSBed.refusal { try await provider.read(service.key, names: []) },
      await CoreDNSBed.refusal { try await provider.commit(batch) },
    ].compactMap { $0 }
  }

  @Test func writesAndReadsWithACertificateAndAPassword() async throws {
    let service = try TestService("trusted")
    let set = service.set(nil, .a, "192.0.2.1")
    let batch = service.batch(nil, to: [set])
    let provider = try provider()
    try await provider.commit(batch)
    #expect(try await provider.readZone().recordSets.contains(set))
    #expect(try await provider.read(service.key, names: [set.name]).marks[service.markName] == batch.next)
  }

  @Test func aTokenThatEtcdForgotIsAskedForAnew() async throws {
    let tls = try trust()
    let transport = try HTTPTransport()
    let url = try bed["URL"]
    // Stands before etcd and gives out a token that etcd does not know, once.
    let asked = Progress()
    let between = try await FakeHTTPServer.start { request in
      if request.path == "/v3/auth/authenticate" {
        asked.step()
        if asked.count == 1 { return .answer(status: 200, body: Array(#"{"token":"spoiled.1"}"#.utf8)) }
      }
      let headers = request.header("authorization").map { [HTTPHeader("Authorization", $0)] } ?? []
      guard
        let response = try? await transport.send(
          HTTPRequest(method: request.method, url: url + request.target, headers: headers, body: request.body, tls: tls)
        ),
        let body = try? await response.body.collect(upTo: 1 << 20)
      else { return .cut }
      return .answer(status: response.status, body: body)
    }
    let provider = try CoreDNSBed.provider(
      ["http://127.0.0.1:\(between.port)"], credentials: EtcdCredentials(user: "zonetop", password: try password))
    _ = try await provider.readZone()
    _ = try await provider.readZone()
    #expect(asked.count == 2)
    await between.stop()
  }

  @Test func whoIsNotAllowedIsToldSoInOneLineWithoutTheSecret() async throws {
    let secret = "wrong-secret-of-mine"
    let cases: [(CoreDNSProvider, String)] = [
      (try provider(password: secret), "does not know the user zonetop with this password"),
      (try provider(user: "nobody", password: secret), "does not know the user nobody with this password"),
      (try provider(user: "guest"), "denies it to the user guest (permission denied): grant a role"),
      (try provider(prefix: "/elsewhere"), "readwrite on the prefix /elsewhere/com/example/"),
      (try provider(user: nil), "wants a user"),
    ]
    for (provider, words) in cases {
      let errors = try await refusals(provider)
      #expect(errors.count == 3)
      for error in errors {
        #expect(error.code == .unauthorized)
        #expect(error.description.contains(words), "\(error)")
        #expect(!error.description.contains("\n"))
        #expect(try !error.description.contains(secret) && !error.description.contains(password))
      }
    }
  }

  @Test func anUnknownServerAndAMissingCertificateAreErrorsOfTrust() async throws {
    for error in try await refusals(provider(tls: TLSSettings())) {
      #expect(error.code == .unauthorized)
      #expect(error.description.contains("certificate"), "\(error)")
    }
    let errors = try await refusals(provider(tls: trust(clientCertificate: false)))
    #expect(errors.count == 3)
    for error in errors { #expect(!error.description.contains("\n")) }
  }

  @Test func credentialsNeverShowTheirPassword() throws {
    let credentials = EtcdCredentials(user: "zonetop", password: "a-secret")
    var dumped = ""
    dump(credentials, to: &dumped)
    for text in ["\(credentials)", String(reflecting: credentials), dumped, "\(try provider(password: "a-secret"))"] {
      #expect(!text.contains("a-secret"))
    }
  }
}
