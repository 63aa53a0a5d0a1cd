import Federation
import Foundation
import XMLCoder

/// What the token service answers to AssumeRole and AssumeRoleWithWebIdentity.
struct TokenServiceAnswer: Decodable {
  var AssumeRoleResult: Result?
  var AssumeRoleWithWebIdentityResult: Result?

  struct Result: Decodable { var Credentials: Keys }

  struct Keys: Decodable {
    var AccessKeyId: String
    var SecretAccessKey: String
    var SessionToken: String
    var Expiration: String
  }

  init?(_ body: [UInt8]) {
    guard
      let answer = try? XMLDecoder(trimValueWhitespaces: false, removeWhitespaceElements: true).decode(
        Self.self, from: Data(body))
    else { return nil }
    self = answer
  }

  var credentials: AWSCredentials? {
    (AssumeRoleResult ?? AssumeRoleWithWebIdentityResult).map { result in
      let keys = result.Credentials
      return AWSCredentials(
        accessKey: keys.AccessKeyId, secret: keys.SecretAccessKey, token: keys.SessionToken,
        expires: Timestamp(keys.Expiration))
    }
  }
}
