import DNS

/// Turns one message that came in into what goes back: all that a name server decides, without a socket.
struct Responder: Sendable {
  let store: ZoneStore
  let transfers: NameServerOptions.Transfers

  /// How a message came.
  enum Path {
    case datagram
    case stream(isLocal: Bool)
  }

  /// The most that leaves in one datagram: more would be cut into fragments somewhere (DNS Flag Day 2020).
  private static let largestDatagram = 1_232
  /// What a client takes that does not say (RFC 1035 section 4.2.1).
  private static let classicDatagram = 512

  func reply(to bytes: [UInt8], over path: Path) -> Reply {
    // Answers are never answered, and neither is what has no header.
    guard bytes.count >= 12, bytes[2] & 0x80 == 0 else { return .none }
    let query: Message
    do throws(MessageError) { query = try Message(decoding: bytes) } catch {
      return .message([bytes[0], bytes[1], 0x80 | bytes[2] & 0x79, 1] + [UInt8](repeating: 0, count: 8))
    }
    if let type = query.question?.type, type == .axfr || type == .ixfr, query.opcode == .query {
      return transfer(query, over: path)
    }
    return encode(answer(query), to: query, over: path)
  }

  private func answer(_ query: Message) -> Message {
    if let edns = query.edns, edns.version > 0 { return query.reply(.badVersion) }
    switch query.opcode {
    case .query: break
    case .update: return query.reply(.refused)
    default: return query.reply(.notImplemented)
    }
    guard query.signature == nil else { return query.reply(.notAuthoritative) }
    guard let question = query.question else { return query.reply(.formatError) }
    guard question.resourceClass == .internet || question.resourceClass == .any else { return query.reply(.refused) }
    let (answer, closing) = store.read { zone in
      let answer = zone.answer(question.name, question.type)
      return (answer, answer.outcome == .answered ? nil : zone.startOfAuthorityRecord)
    }
    if answer.outcome == .notAuthoritative { return query.reply(.refused) }
    var reply = query.reply(answer.outcome == .noSuchName ? .nameError : .noError, flags: .authoritative)
    reply.answers = answer.records
    if let closing { reply.authorities = [closing] }
    return reply
  }

  private func transfer(_ query: Message, over path: Path) -> Reply {
    guard let question = query.question, case .stream(let isLocal) = path else {
      return encode(
        query.reply(query.question?.type == .ixfr ? .notImplemented : .formatError), to: query, over: path)
    }
    let zone = store.snapshot
    let isAllowed = transfers == .anyone || transfers == .local && isLocal
    guard isAllowed, question.name == zone.apex, question.resourceClass == .internet else {
      return encode(query.reply(.refused), to: query, over: path)
    }
    if question.type == .ixfr, isCurrent(query, zone) {
      var reply = query.reply(.noError, flags: .authoritative)
      reply.answers = [zone.startOfAuthorityRecord]
      return encode(reply, to: query, over: path)
    }
    // No history is kept: to whom something has changed, the whole zone is the answer (RFC 1995 section 4).
    return .transfer(OutgoingTransfer(zone, answering: query))
  }

  /// Whether who asks what has changed has nothing older than the zone.
  private func isCurrent(_ query: Message, _ zone: AuthoritativeZone) -> Bool {
    query.authorities.contains { record in
      guard case .soa(let known) = record.data, record.name == zone.apex else { return false }
      return !zone.startOfAuthority.isNewer(than: known)
    }
  }

  private func encode(_ message: Message, to query: Message, over path: Path) -> Reply {
    var message = message
    if query.edns != nil { message.edns = .standard }
    let limit =
      switch path {
      case .stream: Message.mostBytes
      case .datagram:
        query.edns.map { min(max(Int($0.payloadSize), Self.classicDatagram), Self.largestDatagram) }
          ?? Self.classicDatagram
      }
    return (try? message.encoded(truncatingTo: limit)).map { .message($0) } ?? .none
  }
}
