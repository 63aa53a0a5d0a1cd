/// One question over UDP as a value: decides which datagrams are its answer, when to ask again and when to give up.
///
/// Knows no socket and no clock; ``DatagramHandler`` does what it says.
struct QueryExchange: Sendable {
  let query: Message
  let server: ServerAddress
  /// How long to wait after each sending.
  let attempts: [Duration]
  private(set) var sent = 0
  /// Datagrams that were not the answer.
  private(set) var dropped = 0

  init(query: Message, server: ServerAddress, attempts: [Duration]) {
    self.query = query
    self.server = server
    self.attempts = attempts
  }

  enum Step: Hashable {
    case send(thenWait: Duration)
    case giveUp
  }

  /// What to do at the beginning and whenever a wait is over.
  mutating func next() -> Step {
    guard sent < attempts.count else { return .giveUp }
    defer { sent += 1 }
    return .send(thenWait: attempts[sent])
  }

  /// The answer in a datagram; nil for garbage, forgeries and answers to something else, which are dropped without a
  /// word: anybody can send them, and the true answer may still come.
  mutating func answer(in datagram: UnsafeRawBufferPointer, from sender: ServerAddress) -> Message? {
    guard sender == server, datagram.count >= 12,
      UInt16(datagram[0]) << 8 | UInt16(datagram[1]) == query.id,
      let message = try? Message(decoding: datagram), message.answers(query)
    else {
      dropped += 1
      return nil
    }
    return message
  }
}

extension Message {
  /// Whether this can be the answer to `query`: same id, opcode and question.
  ///
  /// A server that does not understand a question may leave it out of the error that it answers.
  func answers(_ query: Message) -> Bool {
    guard id == query.id, flags.contains(.response), opcode == query.opcode else { return false }
    if question == nil, responseCode != .noError { return true }
    return question == query.question
  }
}
