import Federation
import HTTPTransport
import JSON
import Synchronization

/// One project of the Cloud DNS API v1 with credentials for it.
struct CloudDNSClient: Sendable {
  let project: String
  private let base: String
  private let tokens: GoogleTokens
  private let api: ProviderAPI

  /// - Parameter endpoint: the root of the API, `https://dns.googleapis.com/`.
  init(project: String, endpoint: String, tokens: GoogleTokens, api: ProviderAPI) {
    self.project = project
    base = (endpoint.hasSuffix("/") ? endpoint : endpoint + "/") + "dns/v1/"
    self.tokens = tokens
    self.api = api
  }

  /// The path of the project's managed zones, or of something below one.
  func path(_ below: String...) -> String {
    (["projects", project, "managedZones"] + below).map(percentEncoded).joined(separator: "/")
  }

  /// Makes a call; a token that is refused is renewed once.
  ///
  /// - Returns: the answer of a success, or a conflict where the caller reads those.
  func send(
    _ call: CloudDNSCall
  ) async throws(ProviderError) -> (answer: ProviderAnswer, conflict: GoogleFailure?) {
    let shown = ShownToken()
    let url = base + call.path + GoogleText.query(call.query)
    let (tokens, project) = (tokens, project)
    let secrets = { @Sendable in shown.token.withLock { $0.map { [$0.secret] } ?? [] } }
    let answer = try await api.send(
      ProviderCall(
        call.subject, urgency: call.urgency, isRepeatable: !call.isWrite,
        make: { () throws(ProviderError) in
          let token = try await tokens.current()
          shown.token.withLock { $0 = token }
          return call.request(url, showing: token)
        },
        judge: { call.judge($0, who: tokens.who, project: project, hiding: secrets()) }),
      renew: { if let token = shown.token.withLock({ $0 }) { await tokens.refuse(token) } })
    return (answer, GoogleFailure(answer, hiding: secrets()))
  }

  /// Makes a call and reads the JSON of its answer.
  func json(_ call: CloudDNSCall) async throws(ProviderError) -> JSONValue {
    let answer = try await send(call).answer
    guard let value = answer.json, value.object != nil else {
      throw ProviderError(
        .incomplete, "\(call.subject): the answer is no JSON object; is the endpoint that of Cloud DNS?")
    }
    return value
  }

  /// All pages of a list.
  ///
  /// - Parameters:
  ///   - key: the member of a page that holds its elements.
  ///   - mostPages: more are taken for a list without an end.
  /// - Returns: the elements in their order, and how many calls they took.
  /// - Throws: ``ProviderError/Code/incomplete`` when a page could not be had or understood: never a part.
  func list(
    _ call: CloudDNSCall, key: String, mostPages: Int = 10_000
  ) async throws(ProviderError) -> (elements: [JSONValue], calls: Int) {
    var elements: [JSONValue] = []
    var token: String?
    for page in 1...mostPages {
      var next = call
      if let token { next.query.append(("pageToken", token)) }
      let value = try await json(next)
      // Google leaves out lists that are empty, and always says what the answer is.
      let isEmpty = value[key] == nil && value["kind"]?.string?.hasPrefix("dns#") == true
      guard let part = isEmpty ? [] : value[key]?.array else {
        throw ProviderError(.incomplete, "\(call.subject): the answer holds no list of \(key)")
      }
      elements += part
      guard let text = value["nextPageToken"]?.string, !text.isEmpty else { return (elements, page) }
      guard text != token else { break }
      token = text
    }
    throw ProviderError(.incomplete, "\(call.subject): the list has no end")
  }
}

/// The token that a call showed last, so that exactly this one is renewed when it is refused.
private final class ShownToken: Sendable {
  let token = Mutex<GoogleToken?>(nil)
}

extension CloudDNSCall {
  fileprivate func request(_ url: String, showing token: GoogleToken) -> HTTPRequest {
    var headers = [HTTPHeader("Authorization", "Bearer \(token.secret)"), HTTPHeader("Accept", "application/json")]
    if let project = token.quotaProject { headers.append(HTTPHeader("X-Goog-User-Project", project)) }
    if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
    return HTTPRequest(method: method, url: url, headers: headers, body: body?.encoded() ?? [])
  }
}
