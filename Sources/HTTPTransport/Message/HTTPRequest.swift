/// A request for ``HTTPTransport``: where to, with which trust and identity, and how long to wait.
package struct HTTPRequest: Sendable {
  package var method: String
  /// An absolute `http` or `https` URL.
  package var url: String
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  package var tls: TLSSettings
  /// `http://host:port`, `socks5://host:port`; nil takes none, whatever the environment says.
  package var proxy: String?
  /// How long a connection and its TLS handshake may take.
  package var connectTimeout: Duration
  /// How long the server may stay silent once the request is sent; nil waits for ever.
  package var silenceTimeout: Duration?

  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [],
    tls: TLSSettings = TLSSettings(), proxy: String? = nil, connectTimeout: Duration = .seconds(5),
    silenceTimeout: Duration? = .seconds(30)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.tls = tls
    self.proxy = proxy
    self.connectTimeout = connectTimeout
    self.silenceTimeout = silenceTimeout
  }
}

/// One header field; names compare without regard to case (RFC 9110 section 5.1).
package struct HTTPHeader: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

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
