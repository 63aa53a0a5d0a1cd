import Cryptography
import Foundation
import Synchronization

extension StrictRoute53 {
  /// Why a request may not be done; nil when it may.
  func refusal(_ request: FakeHTTPServer.Request, _ action: String) -> FakeHTTPServer.Reply? {
    guard let authorization = request.header("authorization") else {
      return Self.error(403, "MissingAuthenticationToken", "Missing Authentication Token")
    }
    let fields = Self.fields(authorization)
    guard authorization.hasPrefix("AWS4-HMAC-SHA256 "), let credential = fields["Credential"],
      let names = fields["SignedHeaders"], let signature = fields["Signature"],
      let date = request.header("x-amz-date")
    else {
      return Self.error(
        400, "IncompleteSignature", "Authorization header requires Credential, SignedHeaders, Signature")
    }
    let scope = credential.split(separator: "/").map(String.init)
    guard scope.count == 5, scope[2...] == ["us-east-1", "route53", "aws4_request"] else {
      return Self.error(403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region")
    }
    guard let user = state.withLock({ $0.users[scope[0]] }) else {
      return Self.error(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
    }
    guard user.token == request.header("x-amz-security-token") else {
      return Self.error(403, "InvalidClientTokenId", "The security token included in the request is invalid.")
    }
    let format = DateFormatter()
    format.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
    format.timeZone = TimeZone(identifier: "UTC")
    guard let sent = format.date(from: date), abs(sent.timeIntervalSinceNow) < 300, date.hasPrefix(scope[1]) else {
      return Self.error(403, "SignatureDoesNotMatch", "Signature expired: \(date)")
    }
    guard expected(request, names, date, scope, user.secret) == signature else {
      return Self.error(
        403, "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."
      )
    }
    if user.isExpired {
      return Self.error(403, "ExpiredToken", "The security token included in the request is expired")
    }
    guard user.actions.contains(action) else {
      return Self.error(
        403, "AccessDenied",
        "User: arn:aws:iam::123456789012:user/\(user.name) is not authorized to perform: route53:\(action) on resource: arn:aws:route53:::hostedzone/\(Self.zoneID)"
      )
    }
    return nil
  }

  private static func fields(_ header: String) -> [String: String] {
    var fields: [String: String] = [:]
    for part in header.drop(while: { $0 != " " }).split(separator: ",") {
      let pair = part.trimmingCharacters(in: .whitespaces).split(separator: "=", maxSplits: 1)
      if pair.count == 2 { fields[String(pair[0])] = String(pair[1]) }
    }
    return fields
  }

  private func expected(
    _ request: FakeHTTPServer.Request, _ names: String, _ date: String, _ scope: [String], _ secret: String
  ) -> String? {
    let query = (request.target.split(separator: "?", maxSplits: 1).dropFirst().first ?? "").split(separator: "&")
      .sorted()
    let headers = names.split(separator: ";").map {
      "\($0):\((request.header(String($0)) ?? "").trimmingCharacters(in: .whitespaces))\n"
    }
    guard names.split(separator: ";").contains("host"), let body = try? HashAlgorithm.sha256.hash(request.body) else {
      return nil
    }
    let canonical = [
      request.method, request.path, query.joined(separator: "&"), headers.joined(), names, Self.hex(body),
    ].joined(separator: "\n")
    guard let hash = try? HashAlgorithm.sha256.hash(Array(canonical.utf8)) else { return nil }
    let text = ["AWS4-HMAC-SHA256", date, scope[1...].joined(separator: "/"), Self.hex(hash)].joined(separator: "\n")
    var key = Array("AWS4\(secret)".utf8)
    for part in scope[1...] {
      guard let next = try? HashAlgorithm.sha256.authenticationCode(of: Array(part.utf8), key: key) else { return nil }
      key = next
    }
    return (try? HashAlgorithm.sha256.authenticationCode(of: Array(text.utf8), key: key)).map(Self.hex)
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
