import APIServer
import Cryptography
import Simulation

extension EmbeddedAPI {
  /// What a kubeconfig says of the API that will be served from a store: the administrator's credential.
  static func access(to store: String) throws -> FederationAccess {
    let place = EmbeddedAPIPlace(host: "127.0.0.1", port: 0, store: store)
    try place.makeFolder()
    let keys = try EmbeddedKeys(KeyFolder(store: store), place: place, clock: SystemServerClock())
    let (authority, credential) = try keys.credential(of: .admin)
    return FederationAccess(
      authority: Base64.encode(Array(authority.utf8)),
      clientCertificate: Base64.encode(Array(credential.certificate.pem.utf8)),
      clientKey: Base64.encode(Array(credential.key.pem.utf8)))
  }
}
