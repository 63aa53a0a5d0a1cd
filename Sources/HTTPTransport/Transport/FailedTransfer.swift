import CCurl

/// libcurl's verdict on a transfer, put into the words of ``HTTPError``.
struct FailedTransfer {
  let code: CURLcode
  /// libcurl's own sentence, empty where it has none.
  let detail: String
  /// What the proxy answered to CONNECT; 0 where there was none.
  let proxyStatus: Int

  func error(subject: String, proxy: String?) -> HTTPError {
    // A server that misses a client certificate may reset a TLS 1.3 connection before its alert is read.
    let hint = subject.contains(" https:") ? ", and if it stays so check the client certificate" : ""
    let why = clean(detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail)
    switch kind(hasProxy: proxy != nil) {
    case .resolve: return HTTPError(.resolve, "\(subject): the name has no address (\(why)); check it and the resolver")
    case .refused: return HTTPError(.refused, "\(subject): no connection (\(why)); check address, port and firewall")
    case .proxy:
      return HTTPError(.proxy, "\(subject): proxy \(proxy ?? "") failed (\(why)); check its address and rules")
    case .timeout: return HTTPError(.timeout, "\(subject): no connection in time (\(why)); is it reachable from here?")
    case .tls:
      return HTTPError(.tls, "\(subject): \(why); check the certificate authority, the name and the client certificate")
    case .truncated:
      return HTTPError(.truncated, "\(subject): the connection ended before the answer did (\(why)); ask again\(hint)")
    case .invalidRequest: return HTTPError(.invalidRequest, "\(subject): \(why); the request cannot be sent like this")
    case .internal: return HTTPError(.internal, "\(subject): \(why)")
    case .silent, .tooLarge, .cancelled, .protocol:
      return HTTPError(.protocol, "\(subject): not an HTTP answer (\(why)); is something else listening there?")
    }
  }

  private func kind(hasProxy: Bool) -> HTTPError.Code {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .resolve
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_COULDNT_CONNECT: hasProxy ? .proxy : .refused
    case CURLE_OPERATION_TIMEDOUT: .timeout
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_INVALIDCERTSTATUS:
      .tls
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR:
      if proxyStatus >= 300 {
        .proxy
      } else {
        // With TLS 1.3 a server refuses a client only after the handshake, as an alert where data was awaited.
        detail.contains("alert") ? .tls : .truncated
      }
    case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM, CURLE_HTTP2: .truncated
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: code == CURLE_URL_MALFORMAT ? .invalidRequest : .protocol
    case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT: .internal
    default: .protocol
    }
  }
}
