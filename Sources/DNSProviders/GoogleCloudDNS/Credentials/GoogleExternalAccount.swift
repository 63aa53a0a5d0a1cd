import Federation
import HTTPTransport
import JSON

/// An identity from elsewhere (workload identity federation): its own token is exchanged for one of Google's (RFC 8693).
struct GoogleExternalAccount: GoogleTokenSource {
  let who: String
  private let audience: String
  private let subjectTokenType: String
  private let tokenURL: String
  private let subject: GoogleSubjectToken
  private let place: String
  private let api: ProviderAPI

  init(_ json: JSONValue, place: String, api: ProviderAPI) throws(ProviderError) {
    audience = try json.text("audience", place)
    subjectTokenType = try json.text("subject_token_type", place)
    tokenURL = try json.text("token_url", place)
    subject = try GoogleSubjectToken(json["credential_source"] ?? .null, place: place)
    who = "the external account \(cleanText(audience, limit: 160)) (\(place))"
    self.place = place
    self.api = api
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    let own = try await subject.text(api)
    let request = GoogleTokenRequest(
      "exchanging the token of \(who)",
      remedy: "check that the pool's provider trusts the issuer and audience of \(subject.origin)", url: tokenURL,
      form: [
        ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("audience", audience),
        ("scope", GoogleScope.platform), ("requested_token_type", "urn:ietf:params:oauth:token-type:access_token"),
        ("subject_token_type", subjectTokenType), ("subject_token", own),
      ], secrets: [own])
    return try await request.token(api, at: now)
  }
}

/// Where an external identity's own token is found; it is read anew for every exchange.
struct GoogleSubjectToken: Sendable {
  /// The file or URL, for errors.
  let origin: String
  private let file: String?
  private let request: HTTPRequest?
  /// The member of a JSON object that holds the token; nil when it is the whole text.
  private let field: String?

  init(_ json: JSONValue, place: String) throws(ProviderError) {
    field = json["format"]?["type"]?.string == "json" ? json["format"]?["subject_token_field_name"]?.string : nil
    if let path = json["file"]?.string {
      (file, request, origin) = (path, nil, "the file \(cleanText(path, limit: 160))")
    } else if let url = json["url"]?.string, json["environment_id"] == nil {
      let headers = (json["headers"]?.object ?? [:]).sorted { $0.key < $1.key }
      let fields = headers.compactMap { name, value in value.string.map { HTTPHeader(name, $0) } }
      // A query may hold a secret.
      let shown = url.prefix { $0 != "?" }
      (file, request, origin) = (nil, HTTPRequest(url: url, headers: fields), cleanText(shown, limit: 160))
    } else {
      let kind = json["executable"] != nil ? "a program" : json["environment_id"] != nil ? "AWS" : "nothing known"
      throw ProviderError(
        .unauthorized, "\(place): its credential_source is \(kind), which zonetop does not use: use a file or a URL")
    }
  }

  func text(_ api: ProviderAPI) async throws(ProviderError) -> String {
    var bytes: [UInt8]
    if let file {
      bytes = try GoogleCredentialsFile.contents(of: file)
    } else if let request {
      let call = GoogleTokenRequest(
        subject: "getting the own token from \(origin)", remedy: "check the URL and headers in credential_source",
        request: request)
      bytes = try await call.answer(api).body
    } else {
      bytes = []
    }
    if let field { bytes = Array(((try? JSONValue.parse(bytes))?[field]?.string ?? "").utf8) }
    let text = String(
      String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " "))
    guard GoogleText.isToken(text) else {
      throw ProviderError(
        .unauthorized,
        "\(origin) holds no token\(field.map { " in \(cleanText($0, limit: 60))" } ?? ""): see what writes it")
    }
    return text
  }
}
