package import Federation

/// The word of a primary that a zone has changed (NOTIFY, RFC 1996): a hint to read it again, and nothing more.
package struct ZoneNotification: Hashable, Sendable {
  package var zone: DomainName
  /// The serial of the new version, where the primary says it.
  package var serial: UInt32?
  package var sender: IPAddress
}

/// Decides which messages are notifications to be listened to, and what is answered.
///
/// What comes from elsewhere than a known sender, or without the signature that is expected, gets no answer at all: who
/// forges senders must find no echo.
struct NotifyJudge: Sendable {
  let zone: DomainName
  let senders: Set<IPAddress>
  let key: TransactionKey?
  let now: @Sendable () -> Timestamp

  /// What is sent back, and what was heard; nil for what is passed over.
  func judge(_ wire: [UInt8], from sender: IPAddress) -> (reply: [UInt8], notification: ZoneNotification?)? {
    guard senders.contains(sender) else { return nil }
    var code: [UInt8]?
    let message: Message?
    if let key {
      var verifier = SignatureVerifier(key: key, requestCode: nil)
      message = try? verifier.verify(wire, at: now())
      code = verifier.code
    } else {
      message = try? Message(decoding: wire)
    }
    guard let message, !message.flags.contains(.response), message.opcode == .notify,
      let question = message.question
    else { return nil }
    guard question.name == zone, question.type == .soa else {
      return answer(message.reply(.notAuthoritative), code).map { ($0, nil) }
    }
    var serial: UInt32?
    if let record = message.answers.first, record.name == zone, case .soa(let soa) = record.data { serial = soa.serial }
    let notification = ZoneNotification(zone: zone, serial: serial, sender: sender)
    return answer(message.reply(.noError, flags: .authoritative), code).map { ($0, notification) }
  }

  private func answer(_ message: Message, _ requestCode: [UInt8]?) -> [UInt8]? {
    guard let plain = try? message.encoded() else { return nil }
    guard let key else { return plain }
    return (try? key.sign(plain, at: now(), requestCode: requestCode))?.bytes
  }
}
