import APIServer
import Cryptography
import Dispatch
import Federation
import Glibc

/// The keys of a running API: renews what nears its end and takes up what was changed, without a restart.
struct EmbeddedKeys: Sendable {
  let security: APIServer.Security
  private let folder: KeyFolder
  private let place: EmbeddedAPIPlace
  private let authority: CertificateAuthority
  private let authenticator: Authenticator
  private let clock: any ServerClock

  /// How often the files are looked at: a token that was taken out of the file is refused after this.
  static let interval: Duration = .seconds(2)

  /// Reads the keys, and makes those that are missing or due.
  init(_ folder: KeyFolder, place: EmbeddedAPIPlace, clock: any ServerClock) throws {
    self.folder = folder
    self.place = place
    self.clock = clock
    let now = clock.unixSeconds
    authority = try folder.authority(unixSeconds: now)
    authenticator = Authenticator(authority: authority, tokens: try folder.tokens())
    security = APIServer.Security(
      certificate: try ServingCertificate(try folder.server(place.names, authority, unixSeconds: now)),
      access: AccessControl(authenticator: authenticator))
  }

  /// Writes a kubeconfig for each role, whose context is called `federation-cluster`.
  func writeKubeconfigs(url: String, in path: String) throws {
    try SecretFile.makeFolder(path)
    for person in KeyFolder.Person.allCases where person != .controller || path == folder.path {
      let credential = try folder.client(person, authority, unixSeconds: clock.unixSeconds)
      let text = kubeconfig(url: url, user: person.user, credential)
      let file = "\(path)/\(person.rawValue).kubeconfig"
      if (try? SecretFile.read(file)) != text { try SecretFile.write(text, to: file) }
    }
  }

  /// What a person shows, and the certificate (PEM) of the authority that the server shows.
  func credential(of person: KeyFolder.Person) throws -> (authority: String, credential: Credential) {
    let credential = try folder.client(person, authority, unixSeconds: clock.unixSeconds)
    return (authority.credential.certificate.pem, credential)
  }

  /// Looks at the files until it is cancelled.
  func run() async {
    while (try? await clock.sleep(for: Self.interval)) != nil {
      await withCheckedContinuation { continuation in
        DispatchQueue.global(qos: .utility).async {
          refresh()
          continuation.resume()
        }
      }
    }
  }

  /// What cannot be read or renewed leaves what is in use as it is.
  private func refresh() {
    if let tokens = try? folder.tokens() { authenticator.replaceTokens(tokens) }
    if let credential = try? folder.server(place.names, authority, unixSeconds: clock.unixSeconds) {
      try? security.certificate.replace(by: credential)
    }
  }

  private func kubeconfig(url: String, user: String, _ credential: Credential) -> String {
    let name = EmbeddedAPI.contextName
    func encoded(_ pem: String) -> String { Base64.encode(Array(pem.utf8)) }
    return """
      apiVersion: v1
      kind: Config
      current-context: \(name)
      clusters:
      - name: \(name)
        cluster:
          server: \(url)
          certificate-authority-data: \(encoded(authority.credential.certificate.pem))
      contexts:
      - name: \(name)
        context: { cluster: \(name), user: "\(user)" }
      users:
      - name: "\(user)"
        user:
          client-certificate-data: \(encoded(credential.certificate.pem))
          client-key-data: \(encoded(credential.key.pem))

      """
  }
}
