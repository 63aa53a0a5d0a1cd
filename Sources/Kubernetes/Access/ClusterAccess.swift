package import HTTPTransport

/// How a cluster is reached: where, whom to trust, who to be.
package struct ClusterAccess: Sendable {
  /// `https://host:port` with the path prefix, if any; without a slash at the end.
  package var server: String
  package var tls: TLSSettings
  /// `http://…` or `socks5://…`; nil for none.
  package var proxy: String?
  package var credential: CredentialSource
  /// `Impersonate-*` fields, where the kubeconfig asks for them.
  package var impersonation: [HTTPHeader]
  /// The namespace of the context; `default` where it names none.
  package var namespace: String

  package init(
    server: String, tls: TLSSettings = TLSSettings(), proxy: String? = nil, credential: CredentialSource = .none,
    impersonation: [HTTPHeader] = [], namespace: String = "default"
  ) {
    self.server = server
    self.tls = tls
    self.proxy = proxy
    self.credential = credential
    self.impersonation = impersonation
    self.namespace = namespace
  }

  /// Whether the server is asked over TLS. Nothing secret is sent otherwise, as kubectl does it.
  var isSecure: Bool { server.hasPrefix("https://") }
}

extension ClusterAccess: CustomStringConvertible {
  /// The server alone.
  package var description: String { server }
}
