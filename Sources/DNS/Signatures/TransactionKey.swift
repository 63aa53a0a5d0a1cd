package import Federation
package import Cryptography

/// A secret shared with a name server, by which each knows the other's messages (TSIG, RFC 8945).
///
/// Never shows its secret: not in a description, not in a reflection.
package struct TransactionKey: Hashable, Sendable {
  package let name: DomainName
  package let algorithm: HashAlgorithm
  let secret: [UInt8]

  package init(name: DomainName, algorithm: HashAlgorithm, secret: [UInt8]) {
    self.name = name
    self.algorithm = algorithm
    self.secret = secret
  }

  /// The algorithm's name on the wire (RFC 8945 section 6).
  package var algorithmName: DomainName { DomainName(canonical: "hmac-\(algorithm.rawValue)") }

  /// The algorithm with the name that configurations write: `hmac-sha256`, `hmac-sha384` or `hmac-sha512`; nil otherwise.
  package static func algorithm(named name: some StringProtocol) -> HashAlgorithm? {
    var name = name.lowercased()
    if name.hasSuffix(".") { name.removeLast() }
    return HashAlgorithm.allCases.first { "hmac-\($0.rawValue)" == name }
  }
}

extension TransactionKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "key \(name) (hmac-\(algorithm.rawValue))" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: ["name": name, "algorithm": algorithm]) }
}
