extension Message {
  /// Reads a message from its bytes (RFC 1035 section 4).
  ///
  /// No bytes trap: lengths are checked before they are believed, pointers lead only backwards, nothing is reserved that
  /// the bytes do not back. Cost is linear in the number of bytes, names behind many pointers apart.
  ///
  /// - Throws: ``MessageError`` for anything that is not one whole well-formed message.
  package init(decoding bytes: [UInt8]) throws(MessageError) {
    self = try Message.locatingSignature(in: bytes).message
  }

  /// Reads a message from a buffer that is not kept.
  package init(decoding bytes: UnsafeRawBufferPointer) throws(MessageError) {
    self = try Message.locatingSignature(in: bytes).get().message
  }

  /// A message and where its TSIG record begins, if it has one.
  typealias Located = (message: Message, signatureOffset: Int?)

  static func locatingSignature(in bytes: [UInt8]) throws(MessageError) -> Located {
    try bytes.withUnsafeBytes { locatingSignature(in: $0) }.get()
  }

  /// A result rather than a throw, because the standard library's closures forget which error they throw.
  private static func locatingSignature(in bytes: UnsafeRawBufferPointer) -> Result<Located, MessageError> {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { scratch in
      var reader = MessageReader(bytes, scratch: scratch)
      var extras = MessageReader.Extras()
      do throws(MessageError) {
        return .success((try Message(from: &reader, &extras), extras.signatureOffset))
      } catch {
        return .failure(error)
      }
    }
  }

  private init(from reader: inout MessageReader, _ extras: inout MessageReader.Extras) throws(MessageError) {
    guard reader.bytes.count <= 65_535 else { throw .tooLong(limit: 65_535) }
    id = try reader.word()
    let second = try reader.word()
    opcode = Opcode(rawValue: UInt8(second >> 11 & 0x0F))
    flags = MessageFlags(rawValue: second)
    let questionCount = try reader.word()
    let answerCount = try reader.word()
    let authorityCount = try reader.word()
    let additionalCount = try reader.word()
    guard questionCount <= 1 else { throw .severalQuestions }
    if questionCount == 1 {
      let (name, spelling) = try reader.questionName()
      var question = Question(
        name: name, type: ResourceType(rawValue: try reader.word()),
        resourceClass: ResourceClass(rawValue: try reader.word()))
      question.spelling = spelling
      self.question = question
    } else {
      question = nil
    }
    answers = try reader.records(answerCount)
    authorities = try reader.records(authorityCount)
    additionals = try reader.additionals(additionalCount, &extras)
    edns = extras.edns
    signature = extras.signature
    responseCode = ResponseCode(rawValue: UInt16(extras.extendedCode) << 4 | second & 0x0F)
    guard reader.remaining == 0 else { throw .trailingBytes(at: reader.position) }
  }
}
