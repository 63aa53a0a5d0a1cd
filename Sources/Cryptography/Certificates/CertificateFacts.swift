import CCrypto

/// What a certificate says (RFC 5280), as far as zonetop asks.
package struct CertificateFacts: Hashable, Sendable {
  /// The user, for a client; the last one where there are several, as in Kubernetes.
  package var commonName = ""
  /// The groups, for a client.
  package var organizations: [String] = []
  package var isAuthority = false
  /// The names that a server may be called by.
  package var dnsNames: [String] = []
  /// The addresses that a server may be called by: 4 or 16 bytes each.
  package var addresses: [[UInt8]] = []
  /// Seconds since 1970.
  package var notBefore: Int64 = 0
  /// Seconds since 1970; the certificate holds until then, inclusive.
  package var notAfter: Int64 = 0
  /// Hexadecimal.
  package var serial = ""

  /// Reads a certificate in DER.
  package init(der: [UInt8]) throws(CertificateError) {
    try self.init(der, isPEM: false)
  }

  /// Reads the first certificate of a PEM text.
  package init(pem: String) throws(CertificateError) {
    try self.init(Array(pem.utf8), isPEM: true)
  }

  private init(_ bytes: [UInt8], isPEM: Bool) throws(CertificateError) {
    var text: UnsafeMutablePointer<CChar>?
    let isRead = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { ccrypto_describe($0, buffer.count, isPEM ? 1 : 0, &text) } == 1
    }
    guard isRead, let text else {
      throw CertificateError("this is no X.509 certificate; it is cut short or of another kind")
    }
    defer { ccrypto_free(text) }
    for line in String(cString: text).split(separator: "\n") {
      let key = line.prefix { $0 != " " }
      take(key, String(line.dropFirst(key.count + 1)))
    }
  }

  private mutating func take(_ key: Substring, _ value: String) {
    switch key {
    case "CN": commonName = value
    case "O": organizations.append(value)
    case "NOTBEFORE": notBefore = Int64(value) ?? 0
    case "NOTAFTER": notAfter = Int64(value) ?? 0
    case "DNS": dnsNames.append(value)
    case "IP":
      let digits = value.compactMap(\.hexDigitValue)
      addresses.append(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    case "CA": isAuthority = value == "1"
    case "SERIAL": serial = value
    default: break
    }
  }
}
