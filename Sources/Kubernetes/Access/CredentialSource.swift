/// Where the credentials for a cluster come from; a client certificate from the kubeconfig is in its TLS settings.
package enum CredentialSource: Sendable {
  case none
  case token(String)
  /// A file that something else renews: read again when it is older than a minute, or was refused.
  case tokenFile(path: String)
  case exec(ExecPlugin)
}

extension CredentialSource: CustomStringConvertible {
  /// The kind of source, never a secret.
  package var description: String {
    switch self {
    case .none: "no credentials"
    case .token: "a token"
    case .tokenFile(let path): "the token file \(path)"
    case .exec(let plugin): "the plugin \(plugin.command)"
    }
  }
}

/// What a request shows to the server.
struct Credential: Sendable {
  var token: String?
  var clientCertificate: [UInt8]?
  var clientKey: [UInt8]?

  static let none = Credential()
}
