extension DomainName {
  /// Reads a name as people and zone files write it: any case, one trailing dot allowed, `\.` and `\DDD` understood.
  ///
  /// - Throws: ``NameError`` for empty labels, labels over 63 bytes, names over 253 bytes, and characters that DNS
  ///   text does not hold unescaped (controls, spaces, anything outside ASCII).
  package init(_ text: some StringProtocol) throws(NameError) {
    let bytes = Array(text.utf8.prefix(4 * 255 + 2))
    if bytes.isEmpty || bytes == [UInt8(ascii: ".")] {
      self = .root
      return
    }
    var writer = DomainNameWriter()
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "."):
        try writer.endLabel()
        index += 1
      case UInt8(ascii: "\\"):
        let (value, length) = try DomainName.escaped(bytes, at: index + 1)
        writer.append(value)
        index += 1 + length
      case 0x21...0x7E:
        writer.append(byte)
        index += 1
      default:
        let character = text.first { !$0.isASCII || $0.asciiValue.map { $0 <= 0x20 || $0 == 0x7F } ?? true }
        throw .badCharacter(character.map { "U+" + hexadecimal($0.unicodeScalars.first?.value ?? 0) } ?? "a byte")
      }
    }
    if writer.labelIsOpen { try writer.endLabel() }
    self.init(canonical: try writer.finish())
  }

  /// Makes a name of labels as they travel in a DNS message: any bytes, from the leaf up.
  package init(wireLabels labels: some Sequence<some Collection<UInt8>>) throws(NameError) {
    var writer = DomainNameWriter()
    for label in labels {
      for byte in label { writer.append(byte) }
      try writer.endLabel()
    }
    self.init(canonical: try writer.finish())
  }

  /// The bytes of each label from the leaf up, as they travel in a DNS message without compression.
  package var wireLabels: [[UInt8]] {
    labels.map { label in
      let bytes = Array(label.utf8)
      var plain: [UInt8] = []
      plain.reserveCapacity(bytes.count)
      var index = 0
      while index < bytes.count {
        if bytes[index] == UInt8(ascii: "\\"), let (value, length) = try? DomainName.escaped(bytes, at: index + 1) {
          plain.append(value)
          index += 1 + length
        } else {
          plain.append(bytes[index])
          index += 1
        }
      }
      return plain
    }
  }

  private static func escaped(_ bytes: [UInt8], at index: Int) throws(NameError) -> (value: UInt8, length: Int) {
    guard index < bytes.count else { throw .badEscape }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard digits.contains(bytes[index]) else {
      guard (0x21...0x7E).contains(bytes[index]) else { throw .badEscape }
      return (bytes[index], 1)
    }
    guard index + 2 < bytes.count, digits.contains(bytes[index + 1]), digits.contains(bytes[index + 2]) else {
      throw .badEscape
    }
    let value = bytes[index...index + 2].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard let byte = UInt8(exactly: value) else { throw .badEscape }
    return (byte, 3)
  }
}

/// Builds the canonical text of a name byte by byte and watches the limits of DNS.
private struct DomainNameWriter {
  private var text: [UInt8] = []
  private var labelLength = 0
  private var total = 0
  private(set) var labelIsOpen = false

  mutating func append(_ byte: UInt8) {
    if !labelIsOpen {
      if total > 0 { text.append(UInt8(ascii: ".")) }
      labelIsOpen = true
    }
    labelLength += 1
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): text.append(byte | 0x20)
    case UInt8(ascii: "."), UInt8(ascii: "\\"): text += [UInt8(ascii: "\\"), byte]
    case 0x21...0x7E: text.append(byte)
    default:
      text.append(UInt8(ascii: "\\"))
      for divisor: UInt8 in [100, 10, 1] { text.append(UInt8(ascii: "0") + byte / divisor % 10) }
    }
  }

  mutating func endLabel() throws(NameError) {
    guard labelIsOpen, labelLength > 0 else { throw .emptyLabel }
    guard labelLength <= 63 else { throw .labelTooLong(bytes: labelLength) }
    total += labelLength + 1
    labelLength = 0
    labelIsOpen = false
  }

  /// The text, where the name fits: 253 bytes and the dots between make 255 on the wire.
  func finish() throws(NameError) -> String {
    guard total <= 254 else { throw .nameTooLong(bytes: total - 1) }
    return String(decoding: text, as: UTF8.self)
  }
}
