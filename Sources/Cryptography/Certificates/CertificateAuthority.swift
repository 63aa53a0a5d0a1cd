import CCrypto

/// A certificate authority of our own (ECDSA on P-256 with SHA-256): it issues what servers and clients show.
package struct CertificateAuthority: Sendable {
  package let credential: Credential

  /// Ten years.
  package static let lifetime: Int64 = 10 * 365 * 86_400
  /// A clock that is behind by this must not refuse a new certificate, in seconds.
  static let clockSlack: Int64 = 3600

  /// Makes an authority.
  package init(name: String, unixSeconds: Int64) throws(CertificateError) {
    let key = try PrivateKey()
    credential = try Self.issue(
      Subject(name: name, lifetime: Self.lifetime, purpose: 0), for: key, signer: nil, unixSeconds: unixSeconds)
  }

  /// Takes an authority that was made before.
  ///
  /// - Throws: when the two do not belong together or the certificate is no authority's.
  package init(certificate: String, key: String) throws(CertificateError) {
    let credential = Credential(certificate: try Certificate(pem: certificate), key: try PrivateKey(pem: key))
    guard credential.certificate.facts.isAuthority else {
      throw CertificateError("the certificate is no authority's")
    }
    guard credential.key.matches(credential.certificate) else {
      throw CertificateError("the authority's key is unreadable or belongs to another certificate")
    }
    self.credential = credential
  }

  /// Issues a server's certificate with a key of its own.
  package func issueServer(_ names: SubjectNames, lifetime: Int64, unixSeconds: Int64) throws(CertificateError)
    -> Credential
  {
    let subject = Subject(name: "zonetop-apiserver", names: names, lifetime: lifetime, purpose: 1)
    return try Self.issue(subject, for: try PrivateKey(), signer: credential, unixSeconds: unixSeconds)
  }

  /// Issues a client's certificate with a key of its own: the user as common name, the groups as organisations.
  package func issueClient(
    user: String, groups: [String], lifetime: Int64, unixSeconds: Int64
  ) throws(CertificateError) -> Credential {
    for name in [user] + groups {
      guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw CertificateError("a user or group has 1 to 64 bytes and no control characters (RFC 5280, upper bounds)")
      }
    }
    let subject = Subject(name: user, organizations: groups, lifetime: lifetime, purpose: 2)
    return try Self.issue(subject, for: try PrivateKey(), signer: credential, unixSeconds: unixSeconds)
  }

  /// Whether a certificate bears this authority's signature, whatever the time is.
  package func hasIssued(_ certificate: Certificate) -> Bool {
    ccrypto_was_issued(certificate.pem, credential.certificate.pem) == 1
  }

  /// What a client's certificate (DER) says, when this authority issued it and it is valid now.
  ///
  /// - Throws: why it is not to be trusted.
  package func verifiedClient(_ der: [UInt8], unixSeconds: Int64) throws(CertificateError) -> CertificateFacts {
    var reason: UnsafeMutablePointer<CChar>?
    let isTrusted = der.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map {
        ccrypto_verify_client($0, buffer.count, credential.certificate.pem, unixSeconds, &reason)
      } == 1
    }
    defer { ccrypto_free(reason) }
    guard isTrusted else {
      throw CertificateError(
        "the client's certificate is refused: \(reason.map { String(cString: $0) } ?? "it is empty")")
    }
    return try CertificateFacts(der: der)
  }

  private struct Subject {
    var name: String
    var organizations: [String] = []
    var names = SubjectNames()
    var lifetime: Int64
    var purpose: Int32
  }

  private static func issue(
    _ subject: Subject, for key: PrivateKey, signer: Credential?, unixSeconds: Int64
  ) throws(CertificateError) -> Credential {
    var text: UnsafeMutablePointer<CChar>?
    // What is signed ends no later than its signer.
    let end = min(unixSeconds + subject.lifetime, signer?.certificate.facts.notAfter ?? .max)
    let isIssued = subject.name.withCString { name in
      subject.organizations.joined(separator: "\n").withCString { organizations in
        subject.names.notation.withCString { names in
          var request = ccrypto_request(
            common_name: name, organizations: organizations, alternative_names: names,
            not_before: unixSeconds - clockSlack, not_after: end, purpose: subject.purpose)
          return ccrypto_issue(&request, key.pem, signer?.certificate.pem, (signer?.key ?? key).pem, &text)
        }
      }
    }
    guard isIssued == 1, let text else {
      throw CertificateError("OpenSSL issues no certificate for \(subject.name); a name in it may be malformed")
    }
    defer { ccrypto_free(text) }
    return Credential(certificate: try Certificate(pem: String(cString: text)), key: key)
  }
}
