import CCrypto

/// An RSA key that signs as RS256 does: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, RFC 7518 section 3.3).
///
/// Its description says only that it is one, so that no log or error can give it away.
package struct RSAPrivateKey: Hashable, Sendable {
  private let pem: String
  /// The size of the modulus in bits.
  package let bits: Int

  /// Takes the key that a PEM text holds: PKCS #8 (`PRIVATE KEY`) or PKCS #1 (`RSA PRIVATE KEY`), not encrypted.
  ///
  /// - Throws: when there is none in it, or one that is no RSA key of at least 2048 bits.
  package init(pem text: String) throws(SignatureKeyError) {
    guard let pem = PEMText.block("PRIVATE KEY", in: text) ?? PEMText.block("RSA PRIVATE KEY", in: text) else {
      throw SignatureKeyError("there is no -----BEGIN PRIVATE KEY----- in it")
    }
    let bits = Int(ccrypto_rsa_bits(pem))
    guard bits >= RSAPublicKey.leastBits else {
      throw SignatureKeyError(bits == 0 ? "it holds no readable RSA key" : "its RSA key has only \(bits) bits")
    }
    self.pem = pem
    self.bits = bits
  }

  /// The signature over all the bytes: as many bytes as the key has.
  package func signature(of bytes: [UInt8]) throws(SignatureKeyError) -> [UInt8] {
    var isDone = false
    let signature = [UInt8](unsafeUninitializedCapacity: (bits + 7) / 8) { out, count in
      guard let start = out.baseAddress else { return }
      let capacity = out.count
      let result = bytes.withUnsafeBufferPointer {
        ccrypto_rsa_sign(pem, $0.baseAddress, $0.count, start, capacity, &count)
      }
      isDone = result == 1
      if !isDone { count = 0 }
    }
    guard isDone else { throw SignatureKeyError("OpenSSL refuses to sign with it: see openssl.cnf (FIPS?)") }
    return signature
  }

  /// Whether a signature was made over the bytes with this key.
  package func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    isValid(signature, of: bytes, key: pem)
  }
}

extension RSAPrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "an RSA private key" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
