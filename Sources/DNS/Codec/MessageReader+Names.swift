import Federation

extension MessageReader {
  /// The honest most: every label of the longest name behind a pointer of its own.
  private static let mostPointers = 127

  /// Reads the name at the position (RFC 1035 section 4.1.4), lower-cased and with escapes where its bytes need them.
  mutating func name() throws(MessageError) -> DomainName {
    if let name = pointedName() { return name }
    return try freshName().name
  }

  /// Reads the question's name and, when that holds upper case, its bytes as they came.
  mutating func questionName() throws(MessageError) -> (name: DomainName, spelling: [UInt8]?) {
    let start = position
    let (name, hasUpperCase) = try freshName()
    known.question = KnownName(offset: start, name: name)
    return (name, hasUpperCase ? [UInt8](bytes[start..<position]) : nil)
  }

  mutating func ownerName() throws(MessageError) -> DomainName {
    if let name = pointedName() { return name }
    let target = leadingTarget ?? position
    let name = try freshName().name
    known.owner = KnownName(offset: target, name: name)
    return name
  }

  mutating func dataName() throws(MessageError) -> DomainName {
    if let name = pointedName() { return name }
    let target = leadingTarget ?? position
    let name = try freshName().name
    known.data = KnownName(offset: target, name: name)
    return name
  }

  /// Where the pointer points that the name at the position begins with; nil when it begins with a label.
  private var leadingTarget: Int? {
    guard remaining >= 2, bytes[position] >= 0xC0 else { return nil }
    return Int(bytes[position] & 0x3F) << 8 | Int(bytes[position + 1])
  }

  /// The name at the position when it is nothing but a pointer to one that was read already: spares its text.
  private mutating func pointedName() -> DomainName? {
    guard let target = leadingTarget else { return nil }
    let name: DomainName
    if target == known.question.offset {
      name = known.question.name
    } else if target == known.owner.offset {
      name = known.owner.name
    } else if target == known.data.offset {
      name = known.data.name
    } else {
      return nil
    }
    position += 2
    return name
  }

  private mutating func freshName() throws(MessageError) -> (name: DomainName, hasUpperCase: Bool) {
    let start = position
    var cursor = position
    // Every pointer must lead to before the part it was found in: the walk only goes backwards, so it ends.
    var floor = position
    var end: Int?
    var pointers = 0
    var length = 1
    var written = 0
    var hasUpperCase = false
    while true {
      guard cursor < bytes.count else { throw .cutShort(at: cursor) }
      let count = Int(bytes[cursor])
      if count == 0 {
        cursor += 1
        break
      }
      if count >= 0xC0 {
        guard cursor + 1 < bytes.count else { throw .cutShort(at: cursor) }
        let target = (count & 0x3F) << 8 | Int(bytes[cursor + 1])
        pointers += 1
        guard target < floor, target >= 12, pointers <= Self.mostPointers else { throw .badPointer(at: cursor) }
        if end == nil { end = cursor + 2 }
        cursor = target
        floor = target
        continue
      }
      guard count < 64 else { throw .badLabel(at: cursor) }
      length += count + 1
      guard length <= 255 else { throw .nameTooLong(at: start) }
      guard cursor + count < bytes.count else { throw .cutShort(at: bytes.count) }
      if written > 0 {
        scratch[written] = UInt8(ascii: ".")
        written += 1
      }
      for byte in UnsafeRawBufferPointer(rebasing: bytes[(cursor + 1)...(cursor + count)]) {
        // Letters, digits, hyphens and underscores first: nothing else occurs in most names.
        if byte &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "-") < 13 && byte &- UInt8(ascii: ".") > 1
          || byte == UInt8(ascii: "_")
        {
          scratch[written] = byte
          written += 1
        } else if byte &- UInt8(ascii: "A") < 26 {
          scratch[written] = byte | 0x20
          written += 1
          hasUpperCase = true
        } else {
          written = escape(byte, at: written)
        }
      }
      cursor += count + 1
    }
    position = end ?? cursor
    let text = String(decoding: UnsafeBufferPointer(start: scratch.baseAddress, count: written), as: UTF8.self)
    return (DomainName(canonical: text), hasUpperCase)
  }

  /// Writes a byte that is no letter, digit or hyphen in presentation format (RFC 1035 section 5.1).
  private func escape(_ byte: UInt8, at index: Int) -> Int {
    let backslash = UInt8(ascii: "\\")
    switch byte {
    case UInt8(ascii: "."), backslash:
      scratch[index] = backslash
      scratch[index + 1] = byte
      return index + 2
    case 0x21...0x7E:
      scratch[index] = byte
      return index + 1
    default:
      scratch[index] = backslash
      scratch[index + 1] = UInt8(ascii: "0") + byte / 100
      scratch[index + 2] = UInt8(ascii: "0") + byte / 10 % 10
      scratch[index + 3] = UInt8(ascii: "0") + byte % 10
      return index + 4
    }
  }
}
