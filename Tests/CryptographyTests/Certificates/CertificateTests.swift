import Testing

@testable import Cryptography

@Suite("Certificates")
struct CertificateTests {
  private let now: Int64 = 1_790_000_000
  private let day: Int64 = 86_400

  @Test("An authority issues a server's certificate for its names, and OpenSSL reads back what it says")
  func server() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    var names = SubjectNames()
    for name in ["localhost", "127.0.0.1", "::1", "api.example.com"] {
      let isAdded = names.add(name)
      #expect(isAdded)
    }
    let issued = try authority.issueServer(names, lifetime: 30 * day, unixSeconds: now)
    let facts = issued.certificate.facts
    #expect(facts.dnsNames == ["localhost", "api.example.com"])
    #expect(facts.addresses == [[127, 0, 0, 1], Array(repeating: 0, count: 15) + [1]])
    #expect(facts.notAfter == now + 30 * day)
    #expect(facts.notBefore < now)
    #expect(!facts.isAuthority)
    #expect(issued.key.matches(issued.certificate))
    #expect(authority.hasIssued(issued.certificate))
    #expect(authority.credential.certificate.facts.isAuthority)
  }

  @Test("A name that would add a line or an entry of its own is refused")
  func injection() {
    var names = SubjectNames()
    for name in ["", "a,DNS:evil", "a\nb", "IP:1.2.3.4", "a b", "*,URI:x"] {
      let isAdded = names.add(name)
      #expect(!isAdded, "\(name)")
    }
    #expect(names == SubjectNames())
  }

  @Test("A client is known by common name and organisations")
  func client() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let issued = try authority.issueClient(
      user: "alice", groups: ["ops", "dev, and = more"], lifetime: day, unixSeconds: now)
    let facts = try authority.verifiedClient(try issued.certificate.der, unixSeconds: now)
    #expect(facts.commonName == "alice")
    #expect(facts.organizations == ["ops", "dev, and = more"])
    #expect(throws: CertificateError.self) {
      try authority.issueClient(user: "a\nO evil", groups: [], lifetime: day, unixSeconds: now)
    }
    #expect(throws: CertificateError.self) {
      try authority.issueClient(user: "", groups: [], lifetime: day, unixSeconds: now)
    }
  }

  @Test("What has expired, is not valid yet, comes from elsewhere or is a server's is refused with its reason")
  func refusals() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    // The same name and another key: names prove nothing.
    let stranger = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let client = try authority.issueClient(user: "alice", groups: [], lifetime: day, unixSeconds: now).certificate.der
    let foreign = try stranger.issueClient(user: "alice", groups: [], lifetime: day, unixSeconds: now).certificate.der
    let server = try authority.issueServer(SubjectNames(), lifetime: day, unixSeconds: now).certificate.der
    func reason(_ der: [UInt8], at time: Int64) -> String {
      do throws(CertificateError) {
        return "taken: \(try authority.verifiedClient(der, unixSeconds: time).commonName)"
      } catch {
        return error.description
      }
    }
    #expect(reason(client, at: now) == "taken: alice")
    #expect(reason(client, at: now + day + 1).contains("expired"))
    #expect(reason(client, at: now - day).contains("not yet valid"))
    #expect(reason(foreign, at: now).contains("refused"))
    #expect(reason(server, at: now).contains("purpose"))
    #expect(reason([], at: now).contains("refused"))
    #expect(reason([0x30, 0x03, 1, 2, 3], at: now).contains("cannot be read"))
    var cut = client
    cut.removeLast(10)
    #expect(reason(cut, at: now).contains("refused"))
    var forged = client
    forged[forged.count - 1] ^= 1
    #expect(reason(forged, at: now).contains("refused"))
  }

  @Test("A certificate that is read from a text with its key does not carry the key along")
  func noKeyInCertificate() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let both = authority.credential.certificate.pem + authority.credential.key.pem
    for text in [both, authority.credential.key.pem + authority.credential.certificate.pem] {
      let read = try CertificateAuthority(certificate: text, key: text)
      #expect(!read.credential.certificate.pem.contains("PRIVATE"))
      #expect(read.credential.certificate == authority.credential.certificate)
      #expect(read.credential.key == authority.credential.key)
    }
  }

  @Test("No description of a key gives it away")
  func silentKeys() throws {
    let key = try PrivateKey()
    var dumped = ""
    dump(
      Credential(certificate: try CertificateAuthority(name: "x", unixSeconds: now).credential.certificate, key: key),
      to: &dumped)
    for text in ["\(key)", String(reflecting: key), String(describing: key), dumped] {
      #expect(!text.contains("BEGIN PRIVATE"))
      #expect(!text.isEmpty)
    }
    #expect(key.pem.contains("BEGIN PRIVATE KEY"))
    #expect(try PrivateKey() != key)
  }

  @Test("A key and a certificate that do not belong together make no authority")
  func mismatch() throws {
    let one = try CertificateAuthority(name: "one", unixSeconds: now)
    let other = try CertificateAuthority(name: "other", unixSeconds: now)
    #expect(throws: CertificateError.self) {
      try CertificateAuthority(certificate: one.credential.certificate.pem, key: other.credential.key.pem)
    }
    let client = try one.issueClient(user: "a", groups: [], lifetime: day, unixSeconds: now)
    #expect(throws: CertificateError.self) {
      try CertificateAuthority(certificate: client.certificate.pem, key: client.key.pem)
    }
    for text in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "hello"] {
      #expect(throws: CertificateError.self) { try Certificate(pem: text) }
      #expect(throws: CertificateError.self) { try CertificateAuthority(certificate: text, key: text) }
    }
  }

  @Test("A certificate is due when a third of its life is left")
  func due() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let certificate = try authority.issueServer(SubjectNames(), lifetime: 90 * day, unixSeconds: now).certificate
    #expect(!certificate.isDue(unixSeconds: now))
    #expect(!certificate.isDue(unixSeconds: now + 59 * day))
    #expect(certificate.isDue(unixSeconds: now + 61 * day))
    #expect(certificate.isDue(unixSeconds: now + 100 * day))
    #expect(certificate.isDue(unixSeconds: now - 10 * day))
  }

  @Test("Nothing outlives the authority that signed it")
  func lifetimes() throws {
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let late = now + CertificateAuthority.lifetime - day
    let issued = try authority.issueServer(SubjectNames(), lifetime: 365 * day, unixSeconds: late)
    #expect(issued.certificate.facts.notAfter == now + CertificateAuthority.lifetime)
  }
}

extension Certificate {
  /// The certificate as it is sent in a handshake.
  fileprivate var der: [UInt8] {
    get throws {
      let lines = pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
      return try #require(Base64.decode(lines.joined()))
    }
  }
}
