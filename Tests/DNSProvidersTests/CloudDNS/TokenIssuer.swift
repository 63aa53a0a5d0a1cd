import Cryptography
import Federation
import JSON

/// Google's token endpoints, which look at everything that is shown to them.
struct TokenIssuer: Sendable {
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

  private(set) var issued: [String: Issued] = [:]
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
      switch request.form["grant_type"] {
      case "urn:ietf:params:oauth:grant-type:jwt-bearer": return assertion(request.form["assertion"] ?? "", now)
      case "refresh_token": return refresh(request.form, now)
      default: return Self.refusal(400, "unsupported_grant_type", "Invalid grant_type")
      }
    case ("POST", "/sts/v1/token"):
      requests += 1
      return exchange(request.form, now)
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

  private mutating func assertion(_ text: String, _ now: Timestamp) -> FakeHTTPServer.Reply {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let decoded = parts.compactMap { Base64.decodeURL($0) }
    guard decoded.count == 3, let header = try? JSONValue.parse(decoded[0]),
      let claims = try? JSONValue.parse(decoded[1])
    else { return Self.refusal(400, "invalid_grant", "Invalid JWT: three parts are needed") }
    guard header["alg"]?.string == "RS256", header["kid"]?.string ?? keyID == keyID,
      let key = try? RSAPublicKey(pem: publicKey),
      key.verifies(decoded[2], of: Array("\(parts[0]).\(parts[1])".utf8))
    else { return Self.refusal(400, "invalid_grant", "Invalid JWT Signature.\(isCareless ? " \(text)" : "")") }
    guard claims["iss"]?.string == account else {
      return Self.refusal(400, "invalid_grant", "Invalid grant: account not found")
    }
    // Google's own clients name its public endpoint, wherever the key file sends them.
    guard [tokenURL, "https://oauth2.googleapis.com/token"].contains(claims["aud"]?.string) else {
      return Self.refusal(400, "invalid_grant", "Invalid JWT: Failed audience check.")
    }
    let seconds = now.nanoseconds / 1_000_000_000
    guard let issued = claims["iat"]?.integer, let expires = claims["exp"]?.integer, expires > seconds,
      expires - issued <= 3_600, issued <= seconds + 60
    else {
      return Self.refusal(
        400, "invalid_grant",
        "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim."
      )
    }
    let scopes = Set((claims["scope"]?.string ?? "").split(separator: " ").map(String.init))
    guard !scopes.isEmpty else { return Self.refusal(400, "invalid_scope", "Empty or missing scope not allowed.") }
    return grant(scopes, now)
  }

  private mutating func refresh(_ form: [String: String], _ now: Timestamp) -> FakeHTTPServer.Reply {
    guard form["client_id"] == user["client_id"], form["client_secret"] == user["client_secret"] else {
      let text = isCareless ? " \(form["client_secret"] ?? "")" : ""
      return Self.refusal(401, "invalid_client", "The OAuth client was not found.\(text)")
    }
    guard form["refresh_token"] == user["refresh_token"] else {
      let text = isCareless ? " \(form["refresh_token"] ?? "")" : ""
      return Self.refusal(400, "invalid_grant", "Token has been expired or revoked.\(text)")
    }
    return grant([GoogleScopes.platform], now)
  }

  private mutating func exchange(_ form: [String: String], _ now: Timestamp) -> FakeHTTPServer.Reply {
    guard form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange", form["audience"] == audience,
      form["requested_token_type"] == "urn:ietf:params:oauth:token-type:access_token",
      form["subject_token_type"] == "urn:ietf:params:oauth:token-type:jwt", form["scope"]?.isEmpty == false
    else { return Self.refusal(400, "invalid_request", "Invalid value for \"audience\".") }
    guard form["subject_token"] == subjectToken else {
      let text = isCareless ? " \(form["subject_token"] ?? "")" : ""
      return Self.refusal(400, "invalid_grant", "The audience in ID Token does not match.\(text)")
    }
    return grant([form["scope"] ?? ""], now, isFederated: true)
  }

  private mutating func impersonate(_ request: FakeHTTPServer.Request, _ now: Timestamp) -> FakeHTTPServer.Reply {
    let bearer = String((request.header("authorization") ?? "").dropFirst("Bearer ".count))
    guard let shown = issued[bearer], mayBeSpokenFor, shown.expires > now else {
      return GoogleRefusal(403, "forbidden", "Permission 'iam.serviceAccounts.getAccessToken' denied").reply
    }
    guard let scopes = (try? JSONValue.parse(request.body))?["scope"]?.array, !scopes.isEmpty else {
      return GoogleRefusal.invalid("scope", "").reply
    }
    let (token, expires) = issue(Set(scopes.compactMap(\.string)), now, isFederated: false)
    return .json(["accessToken": .string(token), "expireTime": .string(expires.description)])
  }

  private mutating func grant(
    _ scopes: Set<String>, _ now: Timestamp, isFederated: Bool = false, headers: [(String, String)] = []
  ) -> FakeHTTPServer.Reply {
    let (token, _) = issue(scopes, now, isFederated: isFederated)
    let body: JSONValue = ["access_token": .string(token), "expires_in": .integer(life), "token_type": "Bearer"]
    return .answer(status: 200, headers: headers + [("Content-Type", "application/json")], body: body.encoded())
  }

  private mutating func issue(
    _ scopes: Set<String>, _ now: Timestamp, isFederated: Bool
  ) -> (token: String, expires: Timestamp) {
    let token = "ya29.secret-\(requests)-\(issued.count)"
    let expires = now + .seconds(life)
    issued[token] = Issued(expires: expires, scopes: granted ?? scopes, isFederated: isFederated)
    return (token, expires)
  }

  private static func refusal(_ status: Int, _ word: String, _ text: String) -> FakeHTTPServer.Reply {
    .json(["error": .string(word), "error_description": .string(text)], status: status)
  }
}

enum GoogleScopes {
  static let platform = "https://www.googleapis.com/auth/cloud-platform"
  static let write = "https://www.googleapis.com/auth/ndev.clouddns.readwrite"
  static let read = "https://www.googleapis.com/auth/ndev.clouddns.readonly"
}
