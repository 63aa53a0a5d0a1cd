import Cryptography
import Federation
import JSON

extension GoogleTokenIssuer {
  mutating func assertion(_ text: String, _ now: Timestamp) -> FakeHTTPServer.Reply {
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

  mutating func refresh(_ form: [String: String], _ now: Timestamp) -> FakeHTTPServer.Reply {
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

  mutating func exchange(_ form: [String: String], _ now: Timestamp) -> FakeHTTPServer.Reply {
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

  mutating func impersonate(_ request: FakeHTTPServer.Request, _ now: Timestamp) -> FakeHTTPServer.Reply {
    let bearer = String((request.header("authorization") ?? "").dropFirst("Bearer ".count))
    guard let shown = issued[bearer], mayBeSpokenFor, shown.expires > now else {
      return GoogleRefusal(403, "forbidden", "Permission 'iam.serviceAccounts.getAccessToken' denied").reply
    }
    guard let scopes = (try? JSONValue.parse(request.body))?["scope"]?.array, !scopes.isEmpty else {
      return GoogleRefusal.invalid("scope", "").reply
    }
    let (token, expires) = issue(Set(scopes.compactMap(\.string)), now, isFederated: false)
    return .googleJSON(["accessToken": .string(token), "expireTime": .string(expires.description)])
  }

  mutating func grant(
    _ scopes: Set<String>, _ now: Timestamp, isFederated: Bool = false, headers: [(String, String)] = []
  ) -> FakeHTTPServer.Reply {
    let (token, _) = issue(scopes, now, isFederated: isFederated)
    let body: JSONValue = ["access_token": .string(token), "expires_in": .integer(life), "token_type": "Bearer"]
    return .answer(status: 200, headers: headers + [("Content-Type", "application/json")], body: body.encoded())
  }

  mutating func issue(
    _ scopes: Set<String>, _ now: Timestamp, isFederated: Bool
  ) -> (token: String, expires: Timestamp) {
    let token = "ya29.secret-\(requests)-\(issued.count)"
    let expires = now + .seconds(life)
    issued[token] = Issued(expires: expires, scopes: granted ?? scopes, isFederated: isFederated)
    return (token, expires)
  }

  static func refusal(_ status: Int, _ word: String, _ text: String) -> FakeHTTPServer.Reply {
    .googleJSON(["error": .string(word), "error_description": .string(text)], status: status)
  }
}
