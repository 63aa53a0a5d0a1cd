import CCrypto

/// A private key on the curve P-256, as PEM (PKCS #8).
///
/// Its description says only that it is one, so that no log or error can give it away.
package struct PrivateKey: Hashable, Sendable {
  /// The secret itself, for files that only their owner reads.
  package let pem: String

  /// Makes a new key.
  package init() throws(CertificateError) {
    var text: UnsafeMutablePointer<CChar>?
    guard ccrypto_key_new(&text) == 1, let text else {
      throw CertificateError("OpenSSL makes no P-256 key; its configuration forbids it (see openssl.cnf)")
    }
    defer { ccrypto_free(text) }
    pem = String(cString: text)
  }

  /// Takes the key (PKCS #8) that a PEM text holds; it is read when it is used.
  package init(pem text: String) throws(CertificateError) {
    guard let pem = PEMText.block("PRIVATE KEY", in: text) else {
      throw CertificateError("there is no -----BEGIN PRIVATE KEY----- in it")
    }
    self.pem = pem
  }

  /// Whether a certificate was issued for this key.
  package func matches(_ certificate: Certificate) -> Bool { ccrypto_key_matches(pem, certificate.pem) == 1 }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "a private key" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
