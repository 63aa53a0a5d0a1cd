/// A certificate as PEM, with what it says.
package struct Certificate: Hashable, Sendable {
  /// This certificate alone, even where the text that it was read from holds a key as well.
  package let pem: String
  package let facts: CertificateFacts

  /// Reads the first certificate of a PEM text.
  package init(pem text: String) throws(CertificateError) {
    guard let pem = PEMText.block("CERTIFICATE", in: text) else {
      throw CertificateError("there is no -----BEGIN CERTIFICATE----- in it")
    }
    self.pem = pem
    self.facts = try CertificateFacts(pem: pem)
  }

  /// Whether it should be replaced: no more than a third of its life is left, or it is not valid yet.
  package func isDue(unixSeconds: Int64) -> Bool {
    unixSeconds < facts.notBefore || facts.notAfter - unixSeconds <= (facts.notAfter - facts.notBefore) / 3
  }
}

/// A private key with the certificate that was issued for it.
package struct Credential: Hashable, Sendable {
  package let certificate: Certificate
  package let key: PrivateKey

  package init(certificate: Certificate, key: PrivateKey) {
    self.certificate = certificate
    self.key = key
  }
}
