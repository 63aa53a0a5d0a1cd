/// How a server answered, with the upper eight bits that EDNS adds (RFC 6895 section 2.3).
package struct ResponseCode: RawRepresentable, Hashable, Sendable {
  /// Twelve bits in a message; sixteen in a TSIG record.
  package let rawValue: UInt16

  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let noError = ResponseCode(rawValue: 0)
  package static let formatError = ResponseCode(rawValue: 1)
  package static let serverFailure = ResponseCode(rawValue: 2)
  package static let nameError = ResponseCode(rawValue: 3)
  package static let notImplemented = ResponseCode(rawValue: 4)
  package static let refused = ResponseCode(rawValue: 5)
  /// A name exists that a prerequisite says must not (RFC 2136).
  package static let nameExists = ResponseCode(rawValue: 6)
  /// A record set exists that a prerequisite says must not.
  package static let recordSetExists = ResponseCode(rawValue: 7)
  /// A record set does not exist, or differs, that a prerequisite says must be so.
  package static let recordSetMissing = ResponseCode(rawValue: 8)
  /// Not authoritative for the zone, or (RFC 8945) the signature was refused.
  package static let notAuthoritative = ResponseCode(rawValue: 9)
  package static let notZone = ResponseCode(rawValue: 10)
  /// The EDNS version is not implemented; inside a TSIG record the same number means ``badSignature``.
  package static let badVersion = ResponseCode(rawValue: 16)
  package static let badSignature = ResponseCode(rawValue: 16)
  package static let badKey = ResponseCode(rawValue: 17)
  package static let badTime = ResponseCode(rawValue: 18)
  /// The message authentication code was cut too short.
  package static let badTruncation = ResponseCode(rawValue: 22)
}

extension ResponseCode: CustomStringConvertible {
  /// The mnemonic that `dig` prints: `NXDOMAIN`, `REFUSED`, …
  package var description: String {
    switch self {
    case .noError: "NOERROR"
    case .formatError: "FORMERR"
    case .serverFailure: "SERVFAIL"
    case .nameError: "NXDOMAIN"
    case .notImplemented: "NOTIMP"
    case .refused: "REFUSED"
    case .nameExists: "YXDOMAIN"
    case .recordSetExists: "YXRRSET"
    case .recordSetMissing: "NXRRSET"
    case .notAuthoritative: "NOTAUTH"
    case .notZone: "NOTZONE"
    case .badVersion: "BADVERS"
    case .badKey: "BADKEY"
    case .badTime: "BADTIME"
    case .badTruncation: "BADTRUNC"
    default: "RCODE\(rawValue)"
    }
  }
}
