/// One DNS message: a query, an update, a notification or the answer to one (RFC 1035 section 4, RFC 2136, RFC 1996).
///
/// A message has at most one question (RFC 9619). The OPT and TSIG records of the wire are the properties ``edns`` and
/// ``signature`` here and never among ``additionals``.
package struct Message: Hashable, Sendable {
  package var id: UInt16
  package var opcode: Opcode
  package var flags: MessageFlags
  /// With the upper bits from EDNS; codes above 15 need ``edns`` to be encoded.
  package var responseCode: ResponseCode
  package var question: Question?
  package var answers: [ResourceRecord]
  package var authorities: [ResourceRecord]
  package var additionals: [ResourceRecord]
  package var edns: EDNS?
  package var signature: TransactionSignature?

  package init(
    id: UInt16, opcode: Opcode, flags: MessageFlags, responseCode: ResponseCode = .noError, question: Question?,
    answers: [ResourceRecord] = [], authorities: [ResourceRecord] = [], additionals: [ResourceRecord] = [],
    edns: EDNS? = nil, signature: TransactionSignature? = nil
  ) {
    self.id = id
    self.opcode = opcode
    self.flags = flags
    self.responseCode = responseCode
    self.question = question
    self.answers = answers
    self.authorities = authorities
    self.additionals = additionals
    self.edns = edns
    self.signature = signature
  }
}

extension Message {
  /// An ordinary question.
  package static func query(_ question: Question, id: UInt16, flags: MessageFlags, edns: EDNS?) -> Message {
    Message(id: id, opcode: .query, flags: flags, question: question, edns: edns)
  }

  /// The beginning of the answer to this message: same id, opcode and question, and whether recursion was desired.
  package func reply(_ responseCode: ResponseCode, flags: MessageFlags = []) -> Message {
    Message(
      id: id, opcode: opcode, flags: self.flags.intersection(.recursionDesired).union(flags).union(.response),
      responseCode: responseCode, question: question)
  }
}
