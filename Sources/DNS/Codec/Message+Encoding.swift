import Federation

extension Message {
  /// The most that the two length bytes of TCP can say.
  package static let mostBytes = 65_535

  /// Writes the message with its names compressed (RFC 1035 section 4.1.4).
  ///
  /// - Throws: ``MessageError/tooLong(limit:)`` beyond 65,535 bytes, ``MessageError/cannotEncode(_:)`` for names and
  ///   strings that DNS cannot hold.
  package func encoded() throws(MessageError) -> [UInt8] {
    try encoded(limit: Self.mostBytes, reserving: 0, onOverflow: .refuse)
  }

  /// Writes the message for a reader that takes no more than `limit` bytes, `reserving` some of them for a signature.
  ///
  /// What does not fit is left out by whole record sets, and TC is set when the answer or authority section lost any
  /// (RFC 2181 section 9); additional records go without a word, the OPT record stays.
  package func encoded(truncatingTo limit: Int, reserving: Int = 0) throws(MessageError) -> [UInt8] {
    try encoded(limit: limit, reserving: reserving, onOverflow: .truncate)
  }

  private enum Overflow {
    case refuse
    case truncate
  }

  private func encoded(limit: Int, reserving: Int, onOverflow: Overflow) throws(MessageError) -> [UInt8] {
    let limit = min(limit, Self.mostBytes)
    let records = answers.count + authorities.count + additionals.count
    let slots = NameTable.capacity(records: records)
    var failure: MessageError?
    let bytes = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: slots + 128) { scratch -> [UInt8] in
      let table = NameTable(UnsafeMutableBufferPointer(rebasing: scratch[..<slots]))
      let labels = UnsafeMutableBufferPointer(rebasing: scratch[slots...])
      labels.initialize(repeating: 0)
      return [UInt8](unsafeUninitializedCapacity: min(mostNeeded, limit) + MessageWriter.slack) { memory, count in
        guard let start = memory.baseAddress, let labels = labels.baseAddress else { return }
        var writer = MessageWriter(bytes: start, limit: limit, table: table, labels: labels)
        do throws(MessageError) {
          try write(to: &writer, limit: limit, reserving: reserving, onOverflow: onOverflow)
          count = writer.position
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    return bytes
  }

  private func write(
    to writer: inout MessageWriter, limit: Int, reserving: Int, onOverflow: Overflow
  ) throws(MessageError) {
    guard responseCode.rawValue < 16 || edns != nil && responseCode.rawValue < 4096 else { throw .cannotEncode(.opt) }
    var flags = flags
    try writer.word(id)
    try writer.word(0)
    try writer.word(question == nil ? 0 : 1)
    try writer.word(0)
    try writer.long(0)
    if let question {
      let start = writer.position
      try writer.name(question.name, question.type)
      try writer.word(question.type.rawValue)
      try writer.word(question.resourceClass.rawValue)
      if !question.name.text.isEmpty { writer.question = (question.name, start) }
    }
    writer.limit = limit - reserving - tailBytes
    let answered = try write(answers, to: &writer, onOverflow)
    let referred = answered.isWhole ? try write(authorities, to: &writer, onOverflow) : (count: 0, isWhole: true)
    let isWhole = answered.isWhole && referred.isWhole
    let added = isWhole ? try write(additionals, to: &writer, onOverflow) : (count: 0, isWhole: false)
    if !isWhole { flags.insert(.truncated) }
    writer.limit = limit
    if let edns { try writer.option(edns, responseCode) }
    if let signature { try writer.signature(signature) }
    writer.patch(
      flags.rawValue | UInt16(opcode.rawValue) << 11 | responseCode.rawValue & 0x0F, at: 2)
    writer.patch(UInt16(answered.count), at: 6)
    writer.patch(UInt16(referred.count), at: 8)
    let extras = (edns == nil ? 0 : 1) + (signature == nil ? 0 : 1)
    guard added.count + extras <= 65_535 else { throw .tooLong(limit: limit) }
    writer.patch(UInt16(added.count + extras), at: 10)
    // After everything, so that later names could point to the question in lower case.
    if let spelling = question?.spelling, spelling.count <= writer.position - 12 {
      for (index, byte) in spelling.enumerated() { writer.bytes[12 + index] = byte }
    }
  }

  /// Writes a section; when it does not fit, as much of it as consists of whole record sets.
  private func write(
    _ records: [ResourceRecord], to writer: inout MessageWriter, _ onOverflow: Overflow
  ) throws(MessageError) -> (count: Int, isWhole: Bool) {
    guard records.count <= 65_535 else { throw .tooLong(limit: writer.limit) }
    var setStart = (count: 0, position: writer.position)
    for index in records.indices {
      if index > 0, records[index].type != records[index - 1].type || records[index].name != records[index - 1].name {
        setStart = (index, writer.position)
      }
      do throws(MessageError) {
        try writer.record(records[index])
      } catch .tooLong where onOverflow == .truncate {
        writer.position = setStart.position
        return (setStart.count, false)
      }
    }
    return (records.count, true)
  }

  /// What OPT and TSIG take at the end.
  private var tailBytes: Int {
    var count = 0
    if let edns { count += edns.options.reduce(11) { $0 + 4 + $1.bytes.count } }
    if let signature {
      count += signature.keyName.text.utf8.count + signature.algorithm.text.utf8.count + signature.code.count
      count += signature.other.count + 30
    }
    return count
  }

  /// No encoding of the message has more bytes: a name never has more than its text has characters and two.
  private var mostNeeded: Int {
    var count = 12 + tailBytes
    if let question { count += question.name.text.utf8.count + 6 }
    for records in [answers, authorities, additionals] {
      for record in records { count += record.name.text.utf8.count + 12 + record.data.mostNeeded }
    }
    return count
  }
}

extension RecordData {
  /// No encoding of the data has more bytes.
  fileprivate var mostNeeded: Int {
    switch self {
    case .address: 16
    case .cname(let name), .ns(let name), .ptr(let name): name.text.utf8.count + 2
    case .soa(let soa): soa.primary.text.utf8.count + soa.mailbox.text.utf8.count + 24
    case .txt(let strings): strings.reduce(1) { $0 + 1 + $1.count }
    case .opaque(let bytes): bytes.count
    case .empty: 0
    }
  }
}
