import CCrypto

/// The public half of an RSA key: tells whether a signature of RS256 is true.
package struct RSAPublicKey: Hashable, Sendable {
  private let pem: String

  /// Shorter keys are held to be broken (NIST SP 800-131A).
  static let leastBits = 2_048

  /// Takes the key that a PEM text holds (`PUBLIC KEY`).
  package init(pem text: String) throws(SignatureKeyError) {
    guard let pem = PEMText.block("PUBLIC KEY", in: text) else {
      throw SignatureKeyError("there is no -----BEGIN PUBLIC KEY----- in it")
    }
    guard ccrypto_rsa_bits(pem) >= Self.leastBits else {
      throw SignatureKeyError("it holds no readable RSA key of at least \(Self.leastBits) bits")
    }
    self.pem = pem
  }

  /// Whether a signature was made over the bytes with the private half of this key.
  package func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    isValid(signature, of: bytes, key: pem)
  }
}

/// Why a key cannot sign or verify: one line for people, never with key material in it.
package struct SignatureKeyError: Error, Hashable, Sendable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

func isValid(_ signature: [UInt8], of bytes: [UInt8], key: String) -> Bool {
  bytes.withUnsafeBufferPointer { bytes in
    signature.withUnsafeBufferPointer {
      ccrypto_rsa_verify(key, bytes.baseAddress, bytes.count, $0.baseAddress, $0.count) == 1
    }
  }
}
