import Cryptography
import JSON
import Logging
import Testing

@testable import APIServer

/// A federation API over TLS with one object of each kind, and credentials to come to it with.
struct SecureWorld {
  let server: APIServer
  let endpoint: APIEndpoint
  let authority: CertificateAuthority
  let authenticator: Authenticator
  let certificate: ServingCertificate

  static func start(
    limits: ServerLimits = ServerLimits(), catalog: KindCatalog = .federation
  ) async throws -> SecureWorld {
    let endpoint = APIEndpoint(path: "", catalog: catalog)
    let now = endpoint.clock.unixSeconds
    let authority = try CertificateAuthority(name: "test-ca", unixSeconds: now)
    let authenticator = Authenticator(authority: authority)
    let certificate = try ServingCertificate(try serving(authority, now))
    try await endpoint.create(.namespace, ["metadata": ["name": "default"]], by: .controller)
    let table = EndpointTable()
    await table.add(endpoint)
    let server = try await APIServer.start(
      port: 0, endpoints: table,
      security: APIServer.Security(certificate: certificate, access: AccessControl(authenticator: authenticator)),
      limits: limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return SecureWorld(
      server: server, endpoint: endpoint, authority: authority, authenticator: authenticator, certificate: certificate)
  }

  static func serving(_ authority: CertificateAuthority, _ now: Int64) throws -> Credential {
    var names = SubjectNames()
    names.add("127.0.0.1")
    return try authority.issueServer(names, lifetime: 86_400, unixSeconds: now)
  }

  var anonymous: SecureClient { SecureClient(port: server.port) }

  func client(_ user: String, _ groups: String...) throws -> SecureClient {
    let issued = try authority.issueClient(
      user: user, groups: groups, lifetime: 3600, unixSeconds: endpoint.clock.unixSeconds)
    return SecureClient(port: server.port, certificate: issued.certificate.pem, key: issued.key.pem)
  }

  func client(_ role: AccessRole) throws -> SecureClient {
    try client(role == .probe ? "zonetop:probe:sample" : "somebody", role.group)
  }

  /// An object of a kind, called `sample`.
  static func sample(_ kind: ResourceKind) -> JSONValue {
    var object: JSONValue = ["metadata": ["name": "sample"]]
    switch kind.name {
    case "Service": object["spec"] = ["ports": [["port": 80]]]
    case "Event":
      object["involvedObject"] = ["namespace": "default"]
    case "Cluster": object["spec"] = ["server": "https://127.0.0.1:1"]
    case "Cordon":
      object["spec"] = [
        "kind": "cordon", "target": "zone/a", "reason": "test", "holder": "me", "expires": "2030-01-01T00:00:00Z",
      ]
    case "VantagePoint", "Lease": object["spec"] = [:]
    default: break
    }
    return object
  }

  /// Where objects of a kind live.
  static func collection(_ kind: ResourceKind) -> String {
    let root = kind.group.isEmpty ? "/api/v1" : "/apis/\(kind.group)/\(kind.version)"
    return kind.scope == .namespaced ? "\(root)/namespaces/default/\(kind.plural)" : "\(root)/\(kind.plural)"
  }
}
