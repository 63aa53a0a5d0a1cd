import Cryptography
import Federation
import JSON

/// The key of a service account: signs an assertion (RFC 7523) and exchanges it for a token.
struct GoogleServiceAccount: GoogleTokenSource {
  let who: String
  private let email: String
  private let keyID: String?
  private let tokenURL: String
  private let key: RSAPrivateKey
  private let api: ProviderAPI

  /// How long an assertion holds, in seconds: the longest that Google takes.
  private static let life: Int64 = 3_600

  /// - Parameters:
  ///   - json: what the key file holds.
  ///   - place: where it was found, for errors.
  init(_ json: JSONValue, place: String, api: ProviderAPI) throws(ProviderError) {
    email = try json.text("client_email", place)
    tokenURL = json["token_uri"]?.string ?? "https://oauth2.googleapis.com/token"
    keyID = json["private_key_id"]?.string
    who = "the service account \(cleanText(email, limit: 120)) (\(place))"
    let pem = try json.text("private_key", place)
    do throws(SignatureKeyError) { key = try RSAPrivateKey(pem: pem) } catch {
      throw ProviderError(.unauthorized, "\(place): its private_key cannot be used: \(error); create a new key")
    }
    self.api = api
  }

  func token(at now: Timestamp) async throws(ProviderError) -> GoogleToken {
    let assertion = try assertion(at: now)
    let request = GoogleTokenRequest(
      "getting a token for \(who)",
      remedy: "the key was deleted, the account disabled, or the clock is wrong; create a new key for the account",
      url: tokenURL,
      form: [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion)],
      secrets: [assertion])
    return try await request.token(api, at: now)
  }

  private func assertion(at now: Timestamp) throws(ProviderError) -> String {
    let seconds = now.nanoseconds / 1_000_000_000
    var header: JSONValue = ["alg": "RS256", "typ": "JWT"]
    if let keyID { header["kid"] = .string(keyID) }
    let claims: JSONValue = [
      "iss": .string(email), "scope": .string(GoogleScope.dns), "aud": .string(tokenURL), "iat": .integer(seconds),
      "exp": .integer(seconds + Self.life),
    ]
    let text = "\(Base64.encodeURL(header.encoded())).\(Base64.encodeURL(claims.encoded()))"
    do throws(SignatureKeyError) {
      return "\(text).\(Base64.encodeURL(try key.signature(of: Array(text.utf8))))"
    } catch {
      throw ProviderError(.unauthorized, "the key of \(who) cannot sign: \(error)")
    }
  }
}

extension JSONValue {
  /// A text that a credentials file must hold.
  func text(_ key: String, _ place: String) throws(ProviderError) -> String {
    guard let text = self[key]?.string, !text.isEmpty else {
      throw ProviderError(.unauthorized, "\(place): it holds no \(key); download or create the credentials anew")
    }
    return text
  }
}
