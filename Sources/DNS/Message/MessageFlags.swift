/// The header bits of a message, at their places in its second 16-bit word.
package struct MessageFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue & 0x87F0 }

  /// QR: this is an answer.
  package static let response = MessageFlags(rawValue: 0x8000)
  /// AA: the server speaks for the zone itself.
  package static let authoritative = MessageFlags(rawValue: 0x0400)
  /// TC: the answer did not fit; ask again over TCP.
  package static let truncated = MessageFlags(rawValue: 0x0200)
  package static let recursionDesired = MessageFlags(rawValue: 0x0100)
  package static let recursionAvailable = MessageFlags(rawValue: 0x0080)
  package static let authenticData = MessageFlags(rawValue: 0x0020)
  package static let checkingDisabled = MessageFlags(rawValue: 0x0010)
}
