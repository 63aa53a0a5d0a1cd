import Federation
import HTTPTransport
import JSON

/// Speaks etcd's version 3 API through its JSON gateway (`POST /v3/…`, keys and values in Base64).
///
/// Several endpoints are members of one cluster: the next one is tried when one does not answer, and never after a
/// write that may have been done.
struct EtcdClient: Sendable {
  private let session: EtcdSession
  private let credentials: EtcdCredentials?
  private let tls: TLSSettings
  private let api: ProviderAPI
  /// The keys that the user must be able to read and write, for errors.
  private let realm: String

  init(
    endpoints: [String], credentials: EtcdCredentials?, tls: TLSSettings, api: ProviderAPI, realm: String
  ) {
    session = EtcdSession(endpoints: endpoints.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 })
    self.credentials = credentials
    self.tls = tls
    self.api = api
    self.realm = realm
  }

  /// What is asked for, and how.
  struct Call: Sendable {
    /// What is done, for errors.
    var subject: String
    var path: String
    var body: JSONValue
    var urgency: RequestPace.Urgency = .read
    /// True for reads.
    var isRepeatable = true
  }

  /// Sends a call and returns etcd's answer to it.
  func post(_ call: Call) async throws(ProviderError) -> JSONValue {
    try await send(call) { () async throws(ProviderError) in try await token(call.urgency) }
  }

  private func send(
    _ call: Call, token: @escaping @Sendable () async throws(ProviderError) -> String
  ) async throws(ProviderError) -> JSONValue {
    let attempt = session.attempt()
    let errors = EtcdErrors(subject: call.subject, user: credentials?.user, realm: realm)
    let body = call.body.encoded()
    let answer = try await api.send(
      ProviderCall(call.subject, urgency: call.urgency, isRepeatable: call.isRepeatable) {
        () async throws(ProviderError) in
        let token = try await token()
        guard let endpoint = attempt.endpoint() else {
          throw ProviderError(.unreachable, "\(call.subject): no endpoint of etcd is configured: name one")
        }
        var headers = [HTTPHeader("Content-Type", "application/json")]
        if !token.isEmpty { headers.append(HTTPHeader("Authorization", token)) }
        return HTTPRequest(
          method: "POST", url: endpoint + call.path, headers: headers, body: body, tls: tls,
          silenceTimeout: .seconds(10))
      } judge: { answer in
        let judgement = errors.judge(answer)
        switch judgement {
        case .busy, .doubtful: break
        default: attempt.answered()
        }
        return judgement
      },
      renew: { session.token = nil })
    guard let value = answer.json else {
      let rest = call.isRepeatable ? "" : "; it may have been done all the same: read again before the next"
      throw ProviderError(
        .incomplete, "\(call.subject): the answer is no JSON: correct the endpoint, or see etcd's log\(rest)")
    }
    return value
  }

  /// The token to send; empty where etcd wants none.
  private func token(_ urgency: RequestPace.Urgency) async throws(ProviderError) -> String {
    guard let credentials else { return "" }
    if let token = session.token { return token }
    let answer = try await send(
      Call(
        subject: "authenticating to etcd as \(cleanText(credentials.user, limit: 60))", path: "/v3/auth/authenticate",
        body: ["name": .string(credentials.user), "password": .string(credentials.password)], urgency: urgency)
    ) { "" }
    let token = answer["token"]?.string ?? ""
    session.token = token
    return token
  }
}
