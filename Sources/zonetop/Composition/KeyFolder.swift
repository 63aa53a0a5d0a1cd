import APIServer
import Cryptography
import Federation
import Glibc

/// The keys of an embedded API, in the folder `STORE.pki` beside its store: the authority, what the server shows, one
/// credential for each role that people and our own processes have, and the tokens.
///
/// Every certificate lies in one file with its key, so that no crash parts them. What is there is used again.
struct KeyFolder: Sendable {
  let path: String

  /// Whom a credential is for.
  enum Person: String, CaseIterable, Sendable {
    case admin, operator_ = "operator", viewer, controller

    var role: AccessRole {
      switch self {
      case .admin: .admin
      case .operator_: .operator_
      case .viewer: .viewer
      case .controller: .controller
      }
    }

    var user: String { "zonetop:\(rawValue)" }
  }

  /// How long certificates hold, in seconds. They are replaced when a third is left.
  static let lifetime: Int64 = 365 * 86_400

  init(store: String) { path = "\(store).pki" }

  var tokensPath: String { "\(path)/tokens.csv" }
  var authorityPath: String { "\(path)/ca.crt" }
  func kubeconfigPath(_ person: Person) -> String { "\(path)/\(person.rawValue).kubeconfig" }

  /// The authority, made at the first call.
  func authority(unixSeconds: Int64) throws -> CertificateAuthority {
    try SecretFile.makeFolder(path)
    let file = "\(path)/ca.pem"
    do {
      if let text = try SecretFile.read(file) {
        let authority = try CertificateAuthority(certificate: text, key: text)
        guard authority.credential.certificate.facts.notAfter > unixSeconds else {
          throw Failure(
            .failed, "the authority in \(file) has expired; remove \(path) and hand out the new kubeconfigs")
        }
        return authority
      }
      let authority = try CertificateAuthority(name: "zonetop-ca", unixSeconds: unixSeconds)
      try SecretFile.write(Self.text(authority.credential), to: file)
      try SecretFile.write(authority.credential.certificate.pem, to: authorityPath)
      return authority
    } catch let error as CertificateError {
      throw Failure(.failed, "\(file): \(error)")
    }
  }

  /// What the server shows: the one that is there while it is good for these names, else a new one.
  func server(_ names: SubjectNames, _ authority: CertificateAuthority, unixSeconds: Int64) throws -> Credential {
    try credential("server", authority, unixSeconds: unixSeconds) { facts in
      Set(names.dnsNames).isSubset(of: facts.dnsNames)
        && names.addresses.allSatisfy { IPAddress($0).map { facts.addresses.contains(Array($0.bytes)) } ?? false }
    } issue: { () throws(CertificateError) in
      try authority.issueServer(names, lifetime: Self.lifetime, unixSeconds: unixSeconds)
    }
  }

  /// What a person shows.
  func client(_ person: Person, _ authority: CertificateAuthority, unixSeconds: Int64) throws -> Credential {
    try credential(person.rawValue, authority, unixSeconds: unixSeconds) { facts in
      facts.commonName == person.user && facts.organizations == [person.role.group]
    } issue: { () throws(CertificateError) in
      try authority.issueClient(
        user: person.user, groups: [person.role.group], lifetime: Self.lifetime, unixSeconds: unixSeconds)
    }
  }

  /// The tokens that are taken; none while there is no file.
  func tokens() throws -> TokenTable {
    guard let text = try SecretFile.read(tokensPath) else { return TokenTable() }
    do { return try TokenTable(text: text) } catch {
      throw Failure(.failed, "\(cleanLine(tokensPath)): \(error)")
    }
  }

  /// Adds a token and returns it; it can be read nowhere afterwards.
  func addToken(user: String, groups: [String]) throws -> String {
    guard TokenTable.isName(user), groups.allSatisfy(TokenTable.isName) else {
      throw Failure(.usage, "a user or group is one word without commas and quotes, such as zonetop:probe:rack1")
    }
    try SecretFile.makeFolder(path)
    let text =
      try SecretFile.read(tokensPath)
      ?? "# HASH,USER,UID,\"GROUPS\": SHA-256 of each bearer token. Remove a line to revoke it.\n"
    guard let made = TokenTable.make(user: user, groups: groups) else {
      throw Failure(.failed, "the system gives no randomness to make a token of; try again later")
    }
    try SecretFile.write(text + (text.hasSuffix("\n") ? "" : "\n") + made.line, to: tokensPath)
    return made.token
  }

  private func credential(
    _ name: String, _ authority: CertificateAuthority, unixSeconds: Int64, isGood: (CertificateFacts) -> Bool,
    issue: () throws(CertificateError) -> Credential
  ) throws -> Credential {
    let file = "\(path)/\(name).pem"
    if let text = try SecretFile.read(file), let certificate = try? Certificate(pem: text),
      let key = try? PrivateKey(pem: text)
    {
      let found = Credential(certificate: certificate, key: key)
      if !certificate.isDue(unixSeconds: unixSeconds), isGood(certificate.facts), found.key.matches(certificate),
        authority.hasIssued(certificate)
      {
        return found
      }
    }
    let credential: Credential
    do { credential = try issue() } catch { throw Failure(.failed, "cannot make \(cleanLine(file)): \(error)") }
    try SecretFile.write(Self.text(credential), to: file)
    return credential
  }

  private static func text(_ credential: Credential) -> String { credential.certificate.pem + credential.key.pem }
}
