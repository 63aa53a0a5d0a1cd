import Federation
import Cryptography
import Testing

@testable import DNS

struct TransactionKeyFileTests {
  private let ddns = DomainName(canonical: "ddns")

  @Test(arguments: [
    "key \"ddns\" {\n\talgorithm hmac-sha256;\n\tsecret \"c2VjcmV0\";\n};\n",
    "# a comment\nkey ddns. { algorithm HMAC-SHA256; secret c2VjcmV0; };",
    "/* two */ key other { algorithm hmac-md5; secret \"x\"; }; // and\nkey \"DDNS\"{algorithm hmac-sha256;secret \"c2Vj cmV0\";};",
    "c2VjcmV0\n",
  ])
  func reads(text: String) throws {
    let key = try TransactionKey(file: text, name: ddns, algorithm: .sha256)
    #expect(key == TransactionKey(name: ddns, algorithm: .sha256, secret: Array("secret".utf8)))
  }

  @Test(arguments: [
    ("", TransactionKeyError.badSecret(DomainName(canonical: "ddns"))),
    ("not base64!", .badSecret(DomainName(canonical: "ddns"))),
    ("key ddns { algorithm hmac-sha256; };", .badSecret(DomainName(canonical: "ddns"))),
    ("key ddns { secret \"c2VjcmV0\"; };", .unknownAlgorithm(DomainName(canonical: "ddns"), "none")),
    (
      "key ddns { algorithm hmac-md5; secret \"c2VjcmV0\"; };",
      .unknownAlgorithm(DomainName(canonical: "ddns"), "hmac-md5")
    ),
    (
      "key ddns { algorithm hmac-sha512; secret \"c2VjcmV0\"; };",
      .otherAlgorithm(DomainName(canonical: "ddns"), configured: .sha256, found: .sha512)
    ),
    (
      "key other { algorithm hmac-sha256; secret \"c2VjcmV0\"; };",
      .noSuchKey(DomainName(canonical: "ddns"), others: ["other"])
    ),
    ("key ddns {", .unknownAlgorithm(DomainName(canonical: "ddns"), "none")),
    ("key ddns", .badSecret(DomainName(canonical: "ddns"))),
  ])
  func refuses(text: String, expected: TransactionKeyError) {
    let error = #expect(throws: TransactionKeyError.self) {
      try TransactionKey(file: text, name: ddns, algorithm: .sha256)
    }
    #expect(error == expected)
    #expect(error?.description.contains("c2VjcmV0") == false)
  }
}
