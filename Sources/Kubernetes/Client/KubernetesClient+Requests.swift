import HTTPTransport

/// An answer that was read to its end.
struct WholeAnswer: Sendable {
  var headers: [HTTPHeader]
  var body: [UInt8]

  /// How the body is encoded.
  var encoding: BodyEncoding { BodyEncoding(headers) }
}

extension BodyEncoding {
  init(_ headers: [HTTPHeader]) {
    let type = headers.first { $0.name.lowercased() == "content-type" }?.value ?? ""
    self = type.hasPrefix("application/vnd.kubernetes.protobuf") ? .protobuf : .json
  }
}

extension KubernetesClient {
  /// Sends a request and reads the answer whole; statuses from 300 on become errors.
  func send(
    _ method: String, _ path: String, query: [(String, String)] = [], accept: String = "application/json",
    body: [UInt8] = [], contentType: String = "application/json", limit: Int
  ) async throws(KubernetesError) -> WholeAnswer {
    let response = try await open(
      method, path, query: query, accept: accept, body: body, contentType: contentType, silence: silenceTimeout)
    do {
      return WholeAnswer(headers: response.headers, body: try await response.body.collect(upTo: limit))
    } catch {
      throw KubernetesError(error)
    }
  }

  /// Sends a request and returns when the head of the answer is there; statuses from 300 on become errors.
  ///
  /// Credentials that the server does not accept are fetched again once.
  func open(
    _ method: String, _ path: String, query: [(String, String)] = [], accept: String, body: [UInt8] = [],
    contentType: String = "application/json", silence: Duration?
  ) async throws(KubernetesError) -> HTTPResponse {
    var request = HTTPRequest(
      method: method, url: access.server + path + queryText(query), headers: [HTTPHeader("Accept", accept)], body: body,
      tls: access.tls, proxy: access.proxy, connectTimeout: connectTimeout, silenceTimeout: silence)
    request.headers.append(HTTPHeader("User-Agent", "zonetop"))
    if !body.isEmpty { request.headers.append(HTTPHeader("Content-Type", contentType)) }
    request.headers += access.impersonation
    let isWatch = query.contains { $0.0 == "watch" }
    let response: HTTPResponse
    do { response = try await sendOnce(request) } catch {
      RequestCounts.shared.note(method, isWatch: isWatch, status: nil)
      throw error
    }
    RequestCounts.shared.note(method, isWatch: isWatch, status: response.status)
    guard response.status == 401, canRenewCredentials else { return try await checked(response) }
    await credentials.forget()
    return try await checked(try await sendOnce(request))
  }

  private func sendOnce(_ request: HTTPRequest) async throws(KubernetesError) -> HTTPResponse {
    var request = request
    if access.isSecure {
      let credential = try await credentials.current()
      if let token = credential.token { request.headers.append(HTTPHeader("Authorization", "Bearer \(token)")) }
      if let certificate = credential.clientCertificate {
        request.tls.clientCertificate = certificate
        request.tls.clientKey = credential.clientKey
      }
    }
    do { return try await transport.send(request) } catch { throw KubernetesError(error) }
  }

  private var canRenewCredentials: Bool {
    switch access.credential {
    case .none, .token: false
    case .tokenFile, .exec: access.isSecure
    }
  }

  private func checked(_ response: HTTPResponse) async throws(KubernetesError) -> HTTPResponse {
    guard response.status >= 300 || response.status < 200 else { return response }
    let body = (try? await response.body.collect(upTo: 1 << 20)) ?? []
    throw KubernetesError(status: response.status, headers: response.headers, body: body)
  }

  private func queryText(_ query: [(String, String)]) -> String {
    let pairs = query.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }
    return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
  }
}
