import Cryptography
import Testing

@testable import APIServer

@Suite("Authentication")
struct AuthenticatorTests {
  private let now: Int64 = 1_790_000_000

  @Test("A token that is nobody's is refused, and never makes its bearer anonymous")
  func tokens() throws {
    let made = try #require(TokenTable.make(user: "alice", groups: ["ops", "dev"]))
    let table = try TokenTable(text: "# comment\n\n" + made.line)
    let authenticator = Authenticator(authority: try CertificateAuthority(name: "ca", unixSeconds: now), tokens: table)
    func caller(_ field: String?) -> Result<Caller, APIError> {
      Result { () throws(APIError) in
        try authenticator.caller(certificate: nil, authorization: field, unixSeconds: now)
      }
    }
    let alice = Caller(user: "alice", groups: ["ops", "dev"])
    #expect(caller("Bearer \(made.token)") == .success(alice))
    #expect(caller("bearer  \(made.token)") == .success(alice))
    #expect(caller(nil) == .success(.anonymous))
    for field in [
      "", "Bearer", "Bearer ", "Bearer x", made.token, "Basic YTpi", "Bearer \(made.token)x",
      "Bearer \(made.token), Bearer \(made.token)", "Bearer \(made.token.uppercased())", "Bearer \(made.line)",
    ] {
      #expect(caller(field) == .failure(.unauthorized), "\(field)")
    }
    authenticator.replaceTokens(TokenTable())
    #expect(caller("Bearer \(made.token)") == .failure(.unauthorized))
  }

  @Test("The file holds no token, only its hash; a line that cannot be read is named and not repeated")
  func file() throws {
    let made = try #require(TokenTable.make(user: "alice", groups: []))
    #expect(!made.line.contains(made.token.dropFirst(3)))
    for line in [
      "secret", "secret,alice,,", String(repeating: "g", count: 64) + ",alice,,", made.line.dropFirst() + "",
    ] {
      let error = #expect(throws: APIServer.StartError.self) { try TokenTable(text: "# a\n\(line)") }
      #expect(error?.description.contains("line 2") == true)
      #expect(error?.description.contains("secret") == false)
    }
  }

  @Test("A certificate that is remembered is still refused once it has expired")
  func expiry() throws {
    let authority = try CertificateAuthority(name: "ca", unixSeconds: now)
    let authenticator = Authenticator(authority: authority)
    let client = try authority.issueClient(user: "bob", groups: ["zonetop:viewers"], lifetime: 100, unixSeconds: now)
    let lines = client.certificate.pem.split(separator: "\n").filter { !$0.hasPrefix("-----") }
    let der = try #require(Base64.decode(lines.joined()))
    for _ in 0..<2 {
      #expect(
        try authenticator.caller(certificate: der, authorization: nil, unixSeconds: now)
          == Caller(user: "bob", groups: ["zonetop:viewers"]))
    }
    #expect(throws: APIError.unauthorized) {
      try authenticator.caller(certificate: der, authorization: nil, unixSeconds: now + 101)
    }
    // Who shows a bad certificate and a good token is the token's owner.
    let made = try #require(TokenTable.make(user: "carol", groups: []))
    authenticator.replaceTokens(try TokenTable(text: made.line))
    let caller = try authenticator.caller(
      certificate: der, authorization: "Bearer \(made.token)", unixSeconds: now + 101)
    #expect(caller.user == "carol")
  }
}
