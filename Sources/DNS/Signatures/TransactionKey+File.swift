package import Federation
package import Cryptography

extension TransactionKey {
  /// Reads a key as `tsig-keygen` prints it and BIND's configuration holds it, or a secret alone in base64.
  ///
  /// - Parameters:
  ///   - file: the text of the file; of several keys in it the one called `name` counts.
  ///   - name: the key's name by configuration.
  ///   - algorithm: the algorithm by configuration; a file that says another is refused.
  package init(file text: String, name: DomainName, algorithm: HashAlgorithm) throws(TransactionKeyError) {
    let words = keyFileWords(text)
    guard words.contains("{") else {
      guard let secret = Base64.decode(text), !secret.isEmpty else { throw .badSecret(name) }
      self.init(name: name, algorithm: algorithm, secret: secret)
      return
    }
    var others: [String] = []
    var index = 0
    while index + 2 < words.count {
      guard words[index] == "key", words[index + 2] == "{" else {
        index += 1
        continue
      }
      let found = words[index + 1]
      let body = words[(index + 3)...].prefix { $0 != "}" }
      index += 3 + body.count
      guard (try? DomainName(found)) == name else {
        others.append(cleanText(found, limit: 64))
        continue
      }
      func value(_ word: String) -> String? {
        body.firstIndex(of: word).flatMap { body.indices.contains($0 + 1) ? body[$0 + 1] : nil }
      }
      guard let algorithmName = value("algorithm"), let known = TransactionKey.algorithm(named: algorithmName) else {
        throw .unknownAlgorithm(name, cleanText(value("algorithm") ?? "none", limit: 64))
      }
      guard known == algorithm else { throw .otherAlgorithm(name, configured: algorithm, found: known) }
      guard let secret = value("secret").flatMap({ Base64.decode($0) }), !secret.isEmpty else {
        throw .badSecret(name)
      }
      self.init(name: name, algorithm: algorithm, secret: secret)
      return
    }
    throw .noSuchKey(name, others: others)
  }
}

/// Why a key file gives no key. Never says anything of a secret.
package enum TransactionKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  case badSecret(DomainName)
  case unknownAlgorithm(DomainName, String)
  case otherAlgorithm(DomainName, configured: HashAlgorithm, found: HashAlgorithm)
  case noSuchKey(DomainName, others: [String])

  package var description: String {
    switch self {
    case .badSecret(let name):
      "key \(name): the secret is missing or no base64; make a new one with `tsig-keygen -a hmac-sha256 \(name)`"
    case .unknownAlgorithm(let name, let found):
      "key \(name): algorithm \(found) is not supported; use hmac-sha256, hmac-sha384 or hmac-sha512"
    case .otherAlgorithm(let name, let configured, let found):
      "key \(name): the file says hmac-\(found.rawValue), the configuration hmac-\(configured.rawValue); make them agree"
    case .noSuchKey(let name, let others):
      "key \(name) is not in the key file, which holds \(others.isEmpty ? "none" : others.joined(separator: ", ")); correct the name"
    }
  }
}

/// The words of a BIND configuration: quoted or plain, with braces and semicolons apart and comments left out.
private func keyFileWords(_ text: String) -> [String] {
  var words: [String] = []
  var word = ""
  var rest = text[...]
  func finish() {
    if !word.isEmpty { words.append(word) }
    word = ""
  }
  while let character = rest.first {
    if rest.hasPrefix("/*") {
      finish()
      while !rest.isEmpty, !rest.hasPrefix("*/") { rest.removeFirst() }
      rest = rest.dropFirst(2)
      continue
    }
    // A base64 secret may hold "//" within: only a word's beginning can be a comment's.
    if character == "#" || word.isEmpty && rest.hasPrefix("//") {
      finish()
      rest = rest.drop { !$0.isNewline }
      continue
    }
    rest.removeFirst()
    switch character {
    case "\"":
      finish()
      let quoted = rest.prefix { $0 != "\"" }
      words.append(String(quoted))
      rest = rest[quoted.endIndex...].dropFirst()
    case "{", "}":
      finish()
      words.append(String(character))
    case ";": finish()
    case _ where character.isWhitespace: finish()
    default: word.append(character)
    }
  }
  finish()
  return words
}
