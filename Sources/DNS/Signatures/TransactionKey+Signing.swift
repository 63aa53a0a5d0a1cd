package import Federation
import Cryptography

extension TransactionKey {
  /// Seconds by which the clocks may differ (RFC 8945 section 10).
  package static let fudge: UInt16 = 300

  /// A message with its signature, and the code that the answer's signature will be chained to.
  package struct Signed: Sendable {
    package var bytes: [UInt8]
    package var code: [UInt8]
  }

  /// Appends a TSIG record to an encoded message (RFC 8945 section 5.1).
  ///
  /// - Parameters:
  ///   - message: a whole message without a signature.
  ///   - time: now, on the wall clock.
  ///   - requestCode: for an answer, the code of the request's signature; nil for a request.
  package func sign(_ message: [UInt8], at time: Timestamp, requestCode: [UInt8]?) throws(SignatureError) -> Signed {
    guard message.count >= 12 else { throw .malformed(.cutShort(at: message.count)) }
    var signature = TransactionSignature(
      keyName: name, algorithm: algorithmName, time: UInt64(max(0, time.nanoseconds / 1_000_000_000)),
      fudge: Self.fudge, code: [], originalID: UInt16(message[0]) << 8 | UInt16(message[1]), error: .noError, other: [])
    var digest: [UInt8] = []
    digest.reserveCapacity(message.count + 256)
    if let requestCode {
      digest.append(UInt16(truncatingIfNeeded: requestCode.count))
      digest += requestCode
    }
    digest += message
    digest += signature.variables
    signature.code = try code(of: digest)
    var bytes = message
    let additionals = UInt16(bytes[10]) << 8 | UInt16(bytes[11])
    bytes += signature.record
    guard additionals < .max, bytes.count <= Message.mostBytes else {
      throw .malformed(.tooLong(limit: Message.mostBytes))
    }
    bytes[10] = UInt8((additionals + 1) >> 8)
    bytes[11] = UInt8((additionals + 1) & 0xFF)
    return Signed(bytes: bytes, code: signature.code)
  }

  func code(of digest: [UInt8]) throws(SignatureError) -> [UInt8] {
    do throws(HashingError) {
      return try algorithm.authenticationCode(of: digest, key: secret)
    } catch {
      throw .unavailable(error.description)
    }
  }
}
