package import Federation

/// The data of a TSIG record (RFC 8945 section 4.2) with the name of its key.
package struct TransactionSignature: Hashable, Sendable {
  package var keyName: DomainName
  /// The algorithm's name: `hmac-sha256`, …
  package var algorithm: DomainName
  /// Seconds since 1970; 48 bits on the wire.
  package var time: UInt64
  /// Seconds by which the clocks may differ.
  package var fudge: UInt16
  package var code: [UInt8]
  package var originalID: UInt16
  package var error: ResponseCode
  /// Six bytes of the server's time with BADTIME, otherwise empty.
  package var other: [UInt8]

  package init(
    keyName: DomainName, algorithm: DomainName, time: UInt64, fudge: UInt16, code: [UInt8], originalID: UInt16,
    error: ResponseCode, other: [UInt8]
  ) {
    self.keyName = keyName
    self.algorithm = algorithm
    self.time = time
    self.fudge = fudge
    self.code = code
    self.originalID = originalID
    self.error = error
    self.other = other
  }
}
