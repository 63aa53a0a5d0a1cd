import Cryptography

/// The bearer tokens that a server takes: their hashes and whose they are.
///
/// The file has a line for each, in the manner of Kubernetes' static token file but with the SHA-256 of the token in
/// its place: `HASH,USER,UID,"GROUP,GROUP"`. Lines that begin with `#` are comments.
package struct TokenTable: Hashable, Sendable {
  package private(set) var entries: [Entry] = []

  package struct Entry: Hashable, Sendable {
    var hash: [UInt8]
    package var caller: Caller
  }

  package init() {}

  /// Reads a file.
  ///
  /// - Throws: a line that cannot be read, by its number; what it holds is not repeated.
  package init(text: String) throws(APIServer.StartError) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = String(line.trimmed)
      if line.isEmpty || line.hasPrefix("#") { continue }
      guard let entry = Self.entry(line) else {
        throw APIServer.StartError(
          description: "line \(index + 1) of the token file is not HASH,USER,UID,\"GROUPS\"; "
            + "`zonetop apiserver token create` writes such lines")
      }
      entries.append(entry)
    }
  }

  /// Whose token this is; nil for one that is nobody's. Every entry is compared, in constant time.
  package func caller(of token: String) -> Caller? {
    guard let hash = try? HashAlgorithm.sha256.hash(Array(token.utf8)) else { return nil }
    var found: Caller?
    for entry in entries where isEqualInConstantTime(entry.hash, hash) { found = found ?? entry.caller }
    return found
  }

  /// A new token with its line for the file; nil when the system has no randomness to give.
  package static func make(user: String, groups: [String]) -> (token: String, line: String)? {
    guard let bytes = randomBytes(32) else { return nil }
    let token = "zt-" + hexadecimal(bytes)
    guard let hash = try? HashAlgorithm.sha256.hash(Array(token.utf8)) else { return nil }
    return (token, "\(hexadecimal(hash)),\(user),,\"\(groups.joined(separator: ","))\"\n")
  }

  /// Whether a user or group can stand in a line.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 253
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\"") }
  }

  private static func entry(_ line: String) -> Entry? {
    let parts = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 3, parts[0].utf8.count == 64, isName(parts[1]) else { return nil }
    let digits = parts[0].compactMap(\.hexDigitValue)
    guard digits.count == 64 else { return nil }
    let groups = (parts.count > 3 ? parts[3] : "").filter { $0 != "\"" }.split(separator: ",").map {
      String($0.trimmed)
    }
    guard groups.allSatisfy(isName) else { return nil }
    let hash = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    return Entry(hash: hash, caller: Caller(user: parts[1], groups: groups, uid: parts[2]))
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
