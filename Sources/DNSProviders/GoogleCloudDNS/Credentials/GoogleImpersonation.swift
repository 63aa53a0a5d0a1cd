import Federation
import HTTPTransport
import JSON

/// A service account that somebody else may speak for (IAM Credentials API, `generateAccessToken`).
struct GoogleImpersonation: GoogleTokenSource {
  let who: String
  private let url: String
  private let account: String
  private let source: any GoogleTokenSource
  private let api: ProviderAPI

  /// - Parameters:
  ///   - url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/EMAIL:generateAccessToken`.
  ///   - source: who speaks for it.
  init(url: String, source: any GoogleTokenSource, api: ProviderAPI) {
    self.url = url
    self.source = source
    self.api = api
    let last = url.split(separator: "/").last ?? ""
    account = cleanText(last.split(separator: ":").first ?? "", limit: 120)
    who = "the service account \(account), for which speaks \(source.who)"
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    let own = try await source.token(at: now)
    let body: JSONValue = ["scope": [.string(GoogleScope.dns)], "lifetime": "3600s"]
    let request = GoogleTokenRequest(
      subject: "getting a token for \(who)",
      remedy: "grant roles/iam.workloadIdentityUser or roles/iam.serviceAccountTokenCreator on \(account)",
      request: HTTPRequest(
        method: "POST", url: url,
        headers: [HTTPHeader("Authorization", "Bearer \(own.secret)"), HTTPHeader("Content-Type", "application/json")],
        body: body.encoded()), secrets: [own.secret])
    let json = try await request.json(api)
    guard let secret = json["accessToken"]?.string, GoogleText.isToken(secret),
      let expires = json["expireTime"]?.string.flatMap({ Timestamp($0) })
    else {
      throw ProviderError(.incomplete, "\(request.subject): the answer holds no access token; check the URL")
    }
    return GoogleToken(secret: secret, expires: expires)
  }
}
