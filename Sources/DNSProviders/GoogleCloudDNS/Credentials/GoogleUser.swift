import Federation
import JSON

/// A person's own credentials, as `gcloud auth application-default login` leaves them: a refresh token.
struct GoogleUser: GoogleTokenSource {
  let who: String
  private let clientID: String
  private let clientSecret: String
  private let refreshToken: String
  private let quotaProject: String?
  private let tokenURL: String
  private let api: ProviderAPI

  init(_ json: JSONValue, place: String, api: ProviderAPI) throws(ProviderError) {
    clientID = try json.text("client_id", place)
    clientSecret = try json.text("client_secret", place)
    refreshToken = try json.text("refresh_token", place)
    quotaProject = json["quota_project_id"]?.string
    tokenURL = json["token_uri"]?.string ?? "https://oauth2.googleapis.com/token"
    let account = json["account"]?.string.flatMap { $0.isEmpty ? nil : " \(cleanText($0, limit: 120))" } ?? ""
    who = "the user\(account) (\(place))"
    self.api = api
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    let request = GoogleTokenRequest(
      "getting a token for \(who)", remedy: "log in again: gcloud auth application-default login", url: tokenURL,
      form: [
        ("grant_type", "refresh_token"), ("client_id", clientID), ("client_secret", clientSecret),
        ("refresh_token", refreshToken),
      ], secrets: [clientSecret, refreshToken])
    var token = try await request.token(api, at: now)
    token.quotaProject = quotaProject
    return token
  }
}
