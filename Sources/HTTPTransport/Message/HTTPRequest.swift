/// A request for ``HTTPTransport``: where to, with which trust and identity, and how long to wait.
package struct HTTPRequest: Sendable {
  package var method: String
  /// An absolute `http` or `https` URL.
  package var url: String
  package var headers: [HTTPHeader]
  package var body: [UInt8]
  /// A body that is written while it is sent; it takes the place of ``body``.
  package var upload: HTTPUpload?
  package var tls: TLSSettings
  /// `http://host:port`, `https://host:port`, `socks5://host:port` or `socks5h://…` (the proxy resolves names); nil
  /// takes none, whatever the environment says.
  package var proxy: String?
  /// How long finding, connecting to and shaking hands with the server may take.
  package var connectTimeout: Duration
  /// How long no byte may move, either way, once the connection stands; nil waits for ever. A paused transfer, whose
  /// reader is slow, is not silent.
  package var silenceTimeout: Duration?

  package init(
    method: String = "GET", url: String, headers: [HTTPHeader] = [], body: [UInt8] = [], upload: HTTPUpload? = nil,
    tls: TLSSettings = TLSSettings(), proxy: String? = nil, connectTimeout: Duration = .seconds(5),
    silenceTimeout: Duration? = .seconds(30)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.upload = upload
    self.tls = tls
    self.proxy = proxy
    self.connectTimeout = connectTimeout
    self.silenceTimeout = silenceTimeout
  }
}
