import Federation
import JSON

/// Google's token endpoints, which look at everything that is shown to them.
struct GoogleTokenIssuer: Sendable {
  /// The email of the service account whose key is known here.
  var account = "writer@p1.iam.gserviceaccount.com"
  var keyID = "key-1"
  var publicKey = PublishedRSAKey.publicKey
  /// The URL that assertions must be meant for.
  var tokenURL = ""
  var user = ["client_id": "client-1", "client_secret": "GOCSPX-clientsecret", "refresh_token": "1//refreshsecret"]
  var audience = "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/cluster"
  /// The token that the other side's issuer gave to this process.
  var subjectToken = "subject.token.secret"
  /// How long a token lives, in seconds.
  var life: Int64 = 3_600
  /// What tokens may be used for, whatever was asked; nil grants what was asked.
  var granted: Set<String>?
  /// Whether what answers for metadata is what it says.
  var isMetadata = true
  /// Whether others may speak for the account.
  var mayBeSpokenFor = true
  /// Whether an identity from elsewhere may use Cloud DNS itself.
  var admitsFederated = false
  /// Repeats secrets in its errors, as a careless server might.
  var isCareless = false

  var issued: [String: Issued] = [:]
  /// How many tokens were asked for.
  private(set) var requests = 0

  struct Issued: Sendable {
    var expires: Timestamp
    var scopes: Set<String>
    /// Whether it is an identity from elsewhere, which may only speak for the account.
    var isFederated = false
  }

  /// What a token may be used for now; nil when it is none, or over.
  func scopes(of token: String, at now: Timestamp) -> Set<String>? {
    issued[token].flatMap { $0.expires > now && (!$0.isFederated || admitsFederated) ? $0.scopes : nil }
  }

  /// Nobody's token counts any more.
  mutating func revokeAll() { issued = [:] }

  /// Answers what is for it; nil for other paths.
  mutating func answer(_ request: FakeHTTPServer.Request, at now: Timestamp) -> FakeHTTPServer.Reply? {
    switch (request.method, request.path) {
    case ("POST", "/token"):
      requests += 1
      switch request.formFields["grant_type"] {
      case "urn:ietf:params:oauth:grant-type:jwt-bearer": return assertion(request.formFields["assertion"] ?? "", now)
      case "refresh_token": return refresh(request.formFields, now)
      default: return Self.refusal(400, "unsupported_grant_type", "Invalid grant_type")
      }
    case ("POST", "/sts/v1/token"):
      requests += 1
      return exchange(request.formFields, now)
    case ("POST", "/v1/projects/-/serviceAccounts/\(account):generateAccessToken"):
      requests += 1
      return impersonate(request, now)
    case ("GET", "/computeMetadata/v1/instance/service-accounts/default/token"):
      requests += 1
      guard request.header("Metadata-Flavor") == "Google" else { return .answer(status: 403, body: []) }
      let scopes = request.query.first { $0.name == "scopes" }?.value ?? ""
      return grant(
        Set(scopes.split(separator: ",").map(String.init)), now,
        headers: isMetadata ? [("Metadata-Flavor", "Google")] : [])
    default: return nil
    }
  }
}

enum GoogleScopes {
  static let platform = "https://www.googleapis.com/auth/cloud-platform"
  static let write = "https://www.googleapis.com/auth/ndev.clouddns.readwrite"
  static let read = "https://www.googleapis.com/auth/ndev.clouddns.readonly"
}
