import Cryptography
import Foundation
import Testing

struct RSATests {
  /// RFC 7515 appendix A.2.
  @Test(arguments: [PublishedKey.pkcs8, PublishedKey.pkcs1]) func signsAsPublished(pem: String) throws {
    let key = try RSAPrivateKey(pem: pem)
    #expect(key.bits == 2_048)
    let signature = try key.signature(of: Array(PublishedKey.signedText.utf8))
    #expect(Base64.encodeURL(signature) == PublishedKey.signature)
    #expect(key.verifies(signature, of: Array(PublishedKey.signedText.utf8)))
  }

  @Test func tellsATrueSignatureFromOthers() throws {
    let bytes = Array(PublishedKey.signedText.utf8)
    var signature = try #require(Base64.decodeURL(PublishedKey.signature))
    let key = try RSAPublicKey(pem: PublishedKey.publicKey)
    #expect(key.verifies(signature, of: bytes))
    #expect(!key.verifies(signature, of: bytes + [0]))
    #expect(!(try RSAPublicKey(pem: PublishedKey.otherPublicKey)).verifies(signature, of: bytes))
    #expect(!key.verifies([], of: bytes))
    #expect(!key.verifies(Array(signature.dropLast()), of: bytes))
    signature[7] ^= 1
    #expect(!key.verifies(signature, of: bytes))
  }

  /// What OpenSSL's own command signs with a key that it has just made.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl"), "there is no openssl command"))
  func agreesWithTheCommand() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "zonetop-rsa-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = Array("nothing but text".utf8)
    try Data(text).write(to: folder.appending(path: "text"))
    try run("genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key", in: folder)
    try run("dgst -sha256 -sign key -out signature text", in: folder)
    let key = try RSAPrivateKey(pem: String(contentsOf: folder.appending(path: "key"), encoding: .utf8))
    #expect(try key.signature(of: text) == [UInt8](Data(contentsOf: folder.appending(path: "signature"))))
  }

  private func run(_ words: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/openssl")
    process.arguments = words.split(separator: " ").map(String.init)
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  @Test(arguments: [
    "", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    PublishedKey.publicKey,
  ])
  func refusesWhatIsNoKey(text: String) {
    #expect(throws: SignatureKeyError.self) { try RSAPrivateKey(pem: text) }
  }

  @Test func refusesAKeyOfAnotherKind() throws {
    let curve = try PrivateKey()
    #expect(throws: SignatureKeyError("it holds no readable RSA key")) { try RSAPrivateKey(pem: curve.pem) }
    #expect(throws: SignatureKeyError.self) { try RSAPublicKey(pem: PublishedKey.pkcs8) }
  }

  @Test func neverShowsTheKey() throws {
    let key = try RSAPrivateKey(pem: PublishedKey.pkcs8)
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
      #expect(!text.contains("MII") && !text.contains("BEGIN"), "\(text)")
    }
  }

  @Test(arguments: [[], [0xFB], [0xFB, 0xFF], [0xFB, 0xFF, 0xFE], Array(0...255)] as [[UInt8]])
  func base64ForURLs(bytes: [UInt8]) {
    let text = Base64.encodeURL(bytes)
    #expect(text.utf8.allSatisfy { !"+/= ".utf8.contains($0) })
    #expect(Base64.decodeURL(text) == bytes)
  }

  @Test(arguments: ["Zg==", "Zm9v\n", "+/", "Z", "Zh", "é"]) func refusesBrokenBase64ForURLs(text: String) {
    #expect(Base64.decodeURL(text) == nil)
  }
}
