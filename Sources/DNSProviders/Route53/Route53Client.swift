package import Federation
import HTTPTransport

/// Calls of the Route 53 API: signed, paced, with their errors read.
package struct Route53Client: Sendable {
  private let endpoint: String
  private let credentials: AWSCredentialSource
  private let api: ProviderAPI
  private let now: @Sendable () -> Timestamp

  /// Where AWS serves it, for every region but those of China and the government.
  package static let publicEndpoint = "https://route53.amazonaws.com"
  /// Five requests a second for an account, as documented; more is taken for a moment.
  package static let rate = AdaptiveRate(perSecond: 5, ceiling: 10, burst: 10)

  /// - Parameter endpoint: `https://HOST` or `http://HOST:PORT`, without a path.
  package init(
    endpoint: String = publicEndpoint, credentials: AWSCredentialSource, api: ProviderAPI,
    now: @escaping @Sendable () -> Timestamp
  ) {
    var endpoint = endpoint
    while endpoint.hasSuffix("/") { endpoint.removeLast() }
    self.endpoint = endpoint
    self.credentials = credentials
    self.api = api
    self.now = now
  }

  /// Sends one call and reads its answer.
  func send<Answer: Decodable & SendableMetatype>(
    _ answer: Answer.Type, _ subject: String, method: String = "GET", path: String, query: [(String, String)] = [],
    body: [UInt8] = [], urgency: RequestPace.Urgency = .read
  ) async throws(ProviderError) -> Answer {
    let isRead = method == "GET"
    let call = ProviderCall(subject, urgency: urgency, isRepeatable: isRead) { () throws(ProviderError) in
      let keys = try await credentials.current()
      var request = HTTPRequest(method: method, url: endpoint + path, body: body)
      if !body.isEmpty { request.headers.append(HTTPHeader("Content-Type", "application/xml")) }
      request.headers.append(HTTPHeader("User-Agent", "zonetop"))
      return try SignatureV4(region: "us-east-1", service: "route53").sign(request, query: query, keys, at: now())
    } judge: { answer in
      (200..<300).contains(answer.status) ? .done : Route53Failure(answer).judgement(subject)
    }
    let done = try await api.send(call) { await credentials.forget() }
    guard let value = Route53XML.decode(Answer.self, from: done.body) else {
      throw ProviderError(.incomplete, "\(subject): the answer is not what Route 53 writes; is \(endpoint) Route 53?")
    }
    return value
  }
}
