package import Federation
import Cryptography

/// Checks the signatures of one exchange: of a request, of the answer to it, or of a stream of answers (RFC 8945
/// sections 5.2 and 5.3).
package struct SignatureVerifier: Sendable {
  /// How many messages of a stream may come in a row without a signature.
  private static let mostUnsigned = 99

  private let key: TransactionKey
  /// The code that the next signature is chained to; nil for a request.
  private var priorCode: [UInt8]?
  private var hasBegun = false
  /// The unsigned messages since the last signature, which the next one covers.
  private var unsigned: [UInt8] = []
  private var unsignedCount = 0

  /// - Parameter requestCode: the code of the request's signature; nil when a request itself is checked.
  package init(key: TransactionKey, requestCode: [UInt8]?) {
    self.key = key
    priorCode = requestCode
  }

  /// The code of the last signature that was found good: what an answer is chained to.
  package var code: [UInt8] { priorCode ?? [] }

  /// Whether the last message was signed; a stream may only end so.
  package var isComplete: Bool { hasBegun && unsignedCount == 0 }

  /// Reads a message and checks its signature.
  ///
  /// - Parameter time: now, on the wall clock.
  /// - Returns: the message; one without a signature only within a stream, and then to be trusted only once
  ///   ``isComplete`` is true again.
  package mutating func verify(_ wire: [UInt8], at time: Timestamp) throws(SignatureError) -> Message {
    let (message, end): (Message, Int?)
    do throws(MessageError) { (message, end) = try Message.locatingSignature(in: wire) } catch {
      throw .malformed(error)
    }
    guard let signature = message.signature, let end else {
      guard hasBegun else { throw .missing(key: key.name) }
      unsignedCount += 1
      guard unsignedCount <= Self.mostUnsigned else { throw .tooManyUnsigned(key.name) }
      unsigned += wire
      return message
    }
    try refuseWhatTheServerRefused(signature)
    guard signature.keyName == key.name, signature.algorithm == key.algorithmName else {
      throw .badKey(key.name, saidByServer: false)
    }
    let code = try key.code(of: digest(wire[..<end], signature))
    guard isEqualInConstantTime(code, signature.code) else { throw .badSignature(key.name, saidByServer: false) }
    if signature.error == .badTime {
      throw .badTime(key.name, difference: Self.difference(Self.serverTime(signature), time), saidByServer: true)
    }
    let difference = Self.difference(signature.time, time)
    guard difference <= .seconds(Int(signature.fudge)) else {
      throw .badTime(key.name, difference: difference, saidByServer: false)
    }
    guard signature.error == .noError else { throw .refused(key.name, signature.error) }
    priorCode = code
    hasBegun = true
    unsigned = []
    unsignedCount = 0
    return message
  }

  /// BADKEY and BADSIG come unsigned, for the server has nothing to sign with: to be believed only as far as giving up.
  private func refuseWhatTheServerRefused(_ signature: TransactionSignature) throws(SignatureError) {
    switch signature.error {
    case .badKey: throw .badKey(key.name, saidByServer: true)
    case .badSignature: throw .badSignature(key.name, saidByServer: true)
    case .badTruncation: throw .refused(key.name, .badTruncation)
    default: break
    }
  }

  private func digest(_ wire: ArraySlice<UInt8>, _ signature: TransactionSignature) -> [UInt8] {
    var digest: [UInt8] = []
    digest.reserveCapacity(unsigned.count + wire.count + 320)
    if let priorCode {
      digest.append(UInt16(truncatingIfNeeded: priorCode.count))
      digest += priorCode
    }
    digest += unsigned
    let start = digest.count
    digest += wire
    // The message as it was before signing: its own id, and one additional record less.
    digest[start] = UInt8(signature.originalID >> 8)
    digest[start + 1] = UInt8(signature.originalID & 0xFF)
    let additionals = (UInt16(digest[start + 10]) << 8 | UInt16(digest[start + 11])) &- 1
    digest[start + 10] = UInt8(additionals >> 8)
    digest[start + 11] = UInt8(additionals & 0xFF)
    digest += hasBegun ? signature.timers : signature.variables
    return digest
  }

  private static func serverTime(_ signature: TransactionSignature) -> UInt64 {
    signature.other.count == 6 ? signature.other.reduce(0) { $0 << 8 | UInt64($1) } : signature.time
  }

  private static func difference(_ seconds: UInt64, _ time: Timestamp) -> Duration {
    let now = time.nanoseconds / 1_000_000_000
    return .seconds(abs(Int64(truncatingIfNeeded: seconds) - now))
  }
}
