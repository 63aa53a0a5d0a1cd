import CCurl

/// Writes a request into a handle of libcurl.
struct TransferOptions {
  let easy: UnsafeMutableRawPointer
  let lists: HeaderLists

  func apply(_ request: HTTPRequest, _ facts: RequestFacts) throws(HTTPError) {
    curlSetText(easy, CURLOPT_URL, facts.url)
    if let connectTo = facts.connectTo {
      lists.add(connectTo: connectTo)
      curlSetList(easy, CURLOPT_CONNECT_TO, lists.connectTo)
    }
    setMethodAndBody(request)
    setHeaders(request, facts)
    setConnection(request, facts)
    try setTrust(request.tls, facts)
  }

  /// - Parameter context: what the callbacks are given; it must outlive the handle.
  func report(to context: UnsafeMutableRawPointer, errors: UnsafeMutablePointer<CChar>, uploads: Bool) {
    curlSetPointer(easy, CURLOPT_PRIVATE, context)
    curlSetPointer(easy, CURLOPT_ERRORBUFFER, errors)
    curlSetDataCallback(easy, CURLOPT_HEADERFUNCTION, receiveHeader)
    curlSetPointer(easy, CURLOPT_HEADERDATA, context)
    curlSetDataCallback(easy, CURLOPT_WRITEFUNCTION, receiveBody)
    curlSetPointer(easy, CURLOPT_WRITEDATA, context)
    curlSetConnectedCallback(easy, connectionStands)
    curlSetPointer(easy, CURLOPT_PREREQDATA, context)
    guard uploads else { return }
    curlSetDataCallback(easy, CURLOPT_READFUNCTION, supplyBody)
    curlSetPointer(easy, CURLOPT_READDATA, context)
  }

  private func setMethodAndBody(_ request: HTTPRequest) {
    if let upload = request.upload {
      curlSetLong(easy, CURLOPT_UPLOAD, 1)
      curlSetLarge(easy, CURLOPT_INFILESIZE_LARGE, Int(upload.length ?? -1))
    } else if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
      curlSetLong(easy, CURLOPT_POST, 1)
      curlSetLarge(easy, CURLOPT_POSTFIELDSIZE_LARGE, request.body.count)
      request.body.withUnsafeBytes { bytes in
        _ = curlSetPointer(easy, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      }
    } else if request.method == "HEAD" {
      curlSetLong(easy, CURLOPT_NOBODY, 1)
    }
    curlSetText(easy, CURLOPT_CUSTOMREQUEST, request.method)
  }

  private func setHeaders(_ request: HTTPRequest, _ facts: RequestFacts) {
    let given = Set(request.headers.map { $0.name.lowercased() })
    for header in request.headers {
      lists.add(header: header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    // A name without a value takes back what libcurl would add by itself.
    for name in ["Expect", "Content-Type"] where !given.contains(name.lowercased()) { lists.add(header: "\(name):") }
    if let host = facts.host, !given.contains("host") { lists.add(header: "Host: \(host)") }
    curlSetText(easy, CURLOPT_USERAGENT, "zonetop")
    if !given.contains("accept-encoding") { curlSetText(easy, CURLOPT_ACCEPT_ENCODING, "gzip") }
    curlSetList(easy, CURLOPT_HTTPHEADER, lists.headers)
  }

  private func setConnection(_ request: HTTPRequest, _ facts: RequestFacts) {
    curlAllowOnlyHTTP(easy)
    curlSetLong(easy, CURLOPT_NOSIGNAL, 1)
    curlLeaveResolverBehind(easy)
    curlGuardSocket(easy)
    curlSetLong(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS)
    curlSetLong(easy, CURLOPT_BUFFERSIZE, 64 * 1024)
    curlSetLong(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(max(1, request.connectTimeout.milliseconds)))
    // An empty text, unlike none, also keeps libcurl from asking the environment.
    curlSetText(easy, CURLOPT_PROXY, request.proxy ?? "")
    curlSetText(easy, CURLOPT_NOPROXY, "")
    curlSetLong(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setTrust(_ tls: TLSSettings, _ facts: RequestFacts) throws(HTTPError) {
    curlSetLong(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if case .none = tls.verification {
      curlSetLong(easy, CURLOPT_SSL_VERIFYPEER, 0)
      curlSetLong(easy, CURLOPT_SSL_VERIFYHOST, 0)
    }
    if let authority = tls.certificateAuthority {
      try set(CURLOPT_CAINFO_BLOB, authority, named: "certificate authority")
      // Otherwise the system's directory is trusted beside it.
      curlSetText(easy, CURLOPT_CAPATH, nil)
    }
    if let certificate = tls.clientCertificate {
      try set(CURLOPT_SSLCERT_BLOB, certificate, named: "client certificate")
    }
    if let key = tls.clientKey { try set(CURLOPT_SSLKEY_BLOB, key, named: "client key") }
    // An encrypted key is refused; OpenSSL would ask for its password on the terminal.
    curlSetText(easy, CURLOPT_KEYPASSWD, "")
  }

  private func set(_ option: CURLoption, _ pem: [UInt8], named name: String) throws(HTTPError) {
    let result = pem.withUnsafeBytes { bytes in
      bytes.baseAddress.map { curlSetBlob(easy, option, $0, bytes.count) } ?? CURLE_BAD_FUNCTION_ARGUMENT
    }
    guard result == CURLE_OK else {
      throw HTTPError(.invalidRequest, "the \(name) is empty or too large; give it as PEM")
    }
  }
}
