/// Whom to trust and who to be on a TLS connection. All material is PEM in memory; nothing is read from files.
package struct TLSSettings: Hashable, Sendable {
  /// Certificates to trust; nil takes the system's.
  package var certificateAuthority: [UInt8]?
  package var clientCertificate: [UInt8]?
  package var clientKey: [UInt8]?
  /// The name to verify and send instead of the URL's host.
  package var serverName: String?
  package var verification: Verification

  package enum Verification: Hashable, Sendable {
    case full
    /// `insecure-skip-tls-verify`: the server may be anybody.
    case none
  }

  package init(
    certificateAuthority: [UInt8]? = nil, clientCertificate: [UInt8]? = nil, clientKey: [UInt8]? = nil,
    serverName: String? = nil, verification: Verification = .full
  ) {
    self.certificateAuthority = certificateAuthority
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
    self.serverName = serverName
    self.verification = verification
  }
}
