/// The extension record of a message (RFC 6891), apart from the response code's upper bits, which
/// ``Message/responseCode`` holds.
package struct EDNS: Hashable, Sendable {
  /// The largest UDP answer that the sender takes, in bytes.
  package var payloadSize: UInt16
  package var version: UInt8
  /// The 16 flag bits; the first of them asks for DNSSEC records.
  package var flags: UInt16
  package var options: [Option]

  /// One option: its code and its bytes.
  package struct Option: Hashable, Sendable {
    package var code: UInt16
    package var bytes: [UInt8]

    package init(code: UInt16, bytes: [UInt8]) {
      self.code = code
      self.bytes = bytes
    }
  }

  package init(payloadSize: UInt16, version: UInt8 = 0, flags: UInt16 = 0, options: [Option] = []) {
    self.payloadSize = payloadSize
    self.version = version
    self.flags = flags
    self.options = options
  }

  /// What zonetop sends: 1,232 bytes pass every path without fragments (DNS Flag Day 2020).
  package static let standard = EDNS(payloadSize: 1232)
}
