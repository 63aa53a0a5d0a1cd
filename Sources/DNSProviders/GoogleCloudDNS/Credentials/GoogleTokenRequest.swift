import Federation
import HTTPTransport
import JSON

/// A request for a token at one of Google's endpoints, or at one that vouches for this process.
struct GoogleTokenRequest: Sendable {
  /// What is done, for errors: `getting a token for the service account a@b`.
  var subject: String
  /// What a person can do when the credentials are refused.
  var remedy: String
  var request: HTTPRequest
  /// Never shown, even if the server repeats it.
  var secrets: [String] = []

  /// Sends it, again while the server is busy, and gives a successful answer.
  func answer(_ api: ProviderAPI) async throws(ProviderError) -> ProviderAnswer {
    let (request, judge) = (request, judge)
    return try await api.send(
      ProviderCall(subject, urgency: .failover, make: { () throws(ProviderError) in request }, judge: { judge($0) }))
  }

  /// Sends it and reads the JSON object of its answer.
  func json(_ api: ProviderAPI) async throws(ProviderError) -> JSONValue {
    try object(of: try await answer(api))
  }

  private func object(of answer: ProviderAnswer) throws(ProviderError) -> JSONValue {
    guard let value = answer.json, value.object != nil else {
      throw ProviderError(.incomplete, "\(subject): the answer is no JSON object; check the URL in the credentials")
    }
    return value
  }

  private func judge(_ answer: ProviderAnswer) -> ProviderCall.Judgement {
    if (200..<300).contains(answer.status) { return .done }
    let json = answer.json
    // OAuth's form (RFC 6749 section 5.2), or that of Google's APIs.
    let word = json?["error"]?.string ?? json?["error"]?["status"]?.string ?? ""
    let detail = json?["error_description"]?.string ?? json?["error"]?["message"]?.string ?? ""
    let text = cleanText(
      GoogleText.redacted(secrets, in: [word, detail].filter { !$0.isEmpty }.joined(separator: ": ")), limit: 200)
    let line = "\(subject): \(text.isEmpty ? "refused" : text) (\(answer.status))"
    switch answer.status {
    case 429: return .throttled(ProviderError(.throttled, "\(line): asked to slow down"))
    case 408, 500...: return .busy(ProviderError(.unreachable, line))
    default: return .failed(ProviderError(.unauthorized, "\(line): \(remedy)"))
    }
  }
}

extension GoogleTokenRequest {
  /// A form that is posted (RFC 6749 section 4).
  init(
    _ subject: String, remedy: String, url: String, form: [(String, String)], secrets: [String]
  ) {
    self.init(
      subject: subject, remedy: remedy,
      request: HTTPRequest(
        method: "POST", url: url,
        headers: [
          HTTPHeader("Content-Type", "application/x-www-form-urlencoded"), HTTPHeader("Accept", "application/json"),
        ], body: Array(GoogleText.form(form).utf8)), secrets: secrets)
  }

  /// Sends it and reads a token as OAuth gives it: `access_token` and `expires_in`.
  func token(_ api: ProviderAPI, at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    try token(in: try await answer(api), at: now)
  }

  /// The token that an answer holds.
  func token(in answer: ProviderAnswer, at now: Timestamp) throws(ProviderError) -> GoogleToken {
    let json = try object(of: answer)
    guard let secret = json["access_token"]?.string, GoogleText.isToken(secret),
      let seconds = json["expires_in"]?.integer,
      (1...86_400 * 366).contains(seconds)
    else {
      throw ProviderError(.incomplete, "\(subject): the answer holds no access token; check the URL in the credentials")
    }
    return GoogleToken(secret: secret, expires: now + .seconds(seconds))
  }
}
