import CCurl

/// What a transfer must remember of its request, checked: the address taken apart, the times, and nothing secret.
struct RequestFacts {
  /// The address to ask for; its host is the TLS name where that differs.
  let url: String
  /// `::HOST:PORT`, where the connection goes when the URL's host is only the TLS name.
  let connectTo: String?
  /// The `Host` to send when the URL's host is only the TLS name.
  let host: String?
  let subject: String
  /// Whom its connection can be shared with; nil for plain HTTP, where HTTP/1.1 is spoken and nothing is shared.
  let origin: Origin?
  let proxy: String?
  let connectTimeout: Duration
  let silenceTimeout: Duration?

  init(_ request: HTTPRequest) throws(HTTPError) {
    guard !request.method.isEmpty, request.method.utf8.allSatisfy(isTokenByte) else {
      throw HTTPError(.invalidRequest, "the request's method is not a word")
    }
    for header in request.headers {
      let name = header.name
      guard !name.isEmpty, name.utf8.allSatisfy(isTokenByte), header.value.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x09 })
      else {
        throw HTTPError(
          .invalidRequest, "a header's name or value holds bytes that HTTP does not allow: \(clean(name))")
      }
    }
    guard let address = curl_url() else { throw HTTPError(.internal, "libcurl is out of memory") }
    defer { curl_url_cleanup(address) }
    guard curl_url_set(address, CURLUPART_URL, request.url, 0) == CURLUE_OK,
      let scheme = Self.part(of: address, CURLUPART_SCHEME), scheme == "http" || scheme == "https",
      let host = Self.part(of: address, CURLUPART_HOST),
      let port = Self.part(of: address, CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT))
    else {
      throw HTTPError(.invalidRequest, "not an http or https address: \(clean(Self.withoutSecrets(request.url)))")
    }
    let path = Self.part(of: address, CURLUPART_PATH) ?? "/"
    subject = "\(request.method) \(scheme)://\(host):\(port)\(clean(path))"
    origin =
      scheme == "https" ? Origin(host: host, port: port, tls: request.tls, proxy: request.proxy) : nil
    proxy = request.proxy.map { clean(Self.withoutSecrets($0)) }
    connectTimeout = request.connectTimeout
    silenceTimeout = request.silenceTimeout
    guard scheme == "https", let serverName = request.tls.serverName, serverName != host else {
      (url, connectTo, self.host) = (request.url, nil, nil)
      return
    }
    guard curl_url_set(address, CURLUPART_HOST, serverName, 0) == CURLUE_OK,
      let renamed = Self.part(of: address, CURLUPART_URL)
    else { throw HTTPError(.invalidRequest, "not a server name for TLS: \(clean(serverName))") }
    url = renamed
    connectTo = "::\(host):\(port)"
    self.host = port == "443" ? host : "\(host):\(port)"
  }

  private static func part(of address: OpaquePointer, _ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(address, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// An address without user, password, query and fragment.
  private static func withoutSecrets(_ address: String) -> String {
    let visible = address.prefix { $0 != "?" && $0 != "#" }
    guard let at = visible.lastIndex(of: "@") else { return String(visible) }
    return String(visible[visible.index(after: at)...])
  }
}

private func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
    UInt8(ascii: "A")...UInt8(ascii: "Z"):
    true
  default:
    "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}
