/// OpenSSL would not compute a hash: it has no memory left, or its configuration forbids the function or the key.
package struct HashingError: Error, Hashable, Sendable, CustomStringConvertible {
  package let algorithm: HashAlgorithm

  package var description: String {
    "OpenSSL refuses \(algorithm.rawValue): it is forbidden by its configuration (FIPS?) or there is no memory; see openssl.cnf"
  }
}
