import Federation

extension MessageWriter {
  /// Writes the name that a record belongs to, as a pointer when it is the question's or the record's before.
  mutating func ownerName(_ name: DomainName, _ type: ResourceType) throws(MessageError) {
    if let question, question.name == name { return try word(0xC000 | UInt16(question.offset)) }
    if let owner, owner.name == name { return try word(0xC000 | UInt16(owner.offset)) }
    let offset = try self.name(name, type)
    if offset > 0, offset < 0x4000 { owner = (name, offset) }
  }

  /// Writes a name, ending it with a pointer where its end was written before; answers where the whole name can be read
  /// again, 0 for the root.
  @discardableResult
  mutating func name(_ name: DomainName, _ type: ResourceType) throws(MessageError) -> Int {
    let start = position
    let count = try plainLabels(name, type)
    var rest = 0
    var fresh = count
    while fresh > 0, let offset = table.find(Int(labels[fresh - 1]), rest: rest, in: bytes) {
      rest = offset
      fresh -= 1
    }
    if fresh < count {
      position = Int(labels[fresh])
      try word(0xC000 | UInt16(rest))
    }
    let offset = count == 0 ? 0 : fresh == 0 ? rest : start
    while fresh > 0, table.learn(Int(labels[fresh - 1]), rest: rest, in: bytes) {
      rest = Int(labels[fresh - 1])
      fresh -= 1
    }
    guard position <= limit else { throw .tooLong(limit: limit) }
    return offset
  }

  /// Turns presentation format into labels, beyond the limit if need be by less than ``slack``, and notes where each
  /// begins; answers how many there are.
  private mutating func plainLabels(_ name: DomainName, _ type: ResourceType) throws(MessageError) -> Int {
    guard position <= limit else { throw .tooLong(limit: limit) }
    let text = name.text.utf8Span.span
    let last = position + 254
    var count = 0
    var start = position
    var cursor = position + 1
    var index = 0
    while index < text.count {
      var byte = text[index]
      index += 1
      if byte == UInt8(ascii: ".") {
        guard cursor - start > 1, cursor - start <= 64, cursor < last else { throw .cannotEncode(type) }
        bytes[start] = UInt8(cursor - start - 1)
        labels[count] = UInt32(start)
        count += 1
        start = cursor
        cursor += 1
        continue
      }
      if byte == UInt8(ascii: "\\") {
        guard let (value, length) = Self.unescaped(text, index) else { throw .cannotEncode(type) }
        byte = value
        index += length
      }
      guard cursor < last else { throw .cannotEncode(type) }
      bytes[cursor] = byte
      cursor += 1
    }
    if !text.isEmpty {
      guard cursor - start > 1, cursor - start <= 64 else { throw .cannotEncode(type) }
      bytes[start] = UInt8(cursor - start - 1)
      labels[count] = UInt32(start)
      count += 1
      start = cursor
    }
    bytes[start] = 0
    position = start + 1
    return count
  }

  /// The byte that the escape after a backslash means, and how many characters it took.
  private static func unescaped(_ text: Span<UInt8>, _ index: Int) -> (UInt8, Int)? {
    guard index < text.count else { return nil }
    func digit(_ at: Int) -> Int? {
      guard at < text.count, text[at] &- UInt8(ascii: "0") < 10 else { return nil }
      return Int(text[at] - UInt8(ascii: "0"))
    }
    guard let hundreds = digit(index) else { return (text[index], 1) }
    guard let tens = digit(index + 1), let ones = digit(index + 2) else { return nil }
    let value = hundreds * 100 + tens * 10 + ones
    return value < 256 ? (UInt8(value), 3) : nil
  }
}
