package import DNS
package import Federation

/// Values of records as providers' APIs write them: the presentation format of RFC 1035 section 5.1.
///
/// Bytes that cannot stand for themselves are three digits after a backslash: decimal in the RFC and nearly everywhere,
/// octal at Route 53.
package struct PresentationText: Hashable, Sendable {
  package let radix: UInt32

  package static let decimal = PresentationText(radix: 10)
  package static let octal = PresentationText(radix: 8)

  /// A name as a provider writes it, with or without the dot at its end; nil when it is none.
  package func name(_ text: some StringProtocol) -> DomainName? {
    guard radix != 10, text.contains("\\") else { return try? DomainName(String(text)) }
    guard let bytes = bytes(Array(text.utf8)[...], isName: true) else { return nil }
    return try? DomainName(String(decoding: bytes, as: UTF8.self))
  }

  /// The value of one record; nil when it is none of its type.
  package func data(_ type: RecordType, _ text: some StringProtocol) -> RecordData? {
    switch type {
    case .a, .aaaa: IPAddress(String(text)).flatMap { $0.recordType == type ? .address($0) : nil }
    case .cname: name(text).map { .cname($0) }
    case .txt: strings(text).map { .txt($0) }
    }
  }

  /// The text of one record's value; names end in a dot.
  package func text(_ data: RecordData) -> String? {
    switch data {
    case .address(let address): address.description
    case .cname(let target): target.text + "."
    case .txt(let strings): strings.map(quoted).joined(separator: " ")
    default: nil
    }
  }

  /// The strings of a TXT record: quoted ones, one after the other, or words.
  func strings(_ text: some StringProtocol) -> [[UInt8]]? {
    var strings: [[UInt8]] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.first {
      if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
        rest.removeFirst()
        continue
      }
      let isQuoted = first == UInt8(ascii: "\"")
      if isQuoted { rest.removeFirst() }
      let start = rest.startIndex
      var end = start
      while end < rest.endIndex {
        let byte = rest[end]
        if byte == UInt8(ascii: "\\") { end += 1 }
        if isQuoted ? byte == UInt8(ascii: "\"") : byte == UInt8(ascii: " ") { break }
        end += 1
      }
      guard end <= rest.endIndex, !isQuoted || end < rest.endIndex, let string = bytes(rest[start..<end], isName: false)
      else { return nil }
      strings.append(string)
      rest = rest[(isQuoted ? end + 1 : end)...]
    }
    return strings.isEmpty ? nil : strings
  }

  /// Resolves escapes; those of a name that no plain character stands for are written in decimal.
  private func bytes(_ text: ArraySlice<UInt8>, isName: Bool) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = text.startIndex
    while index < text.endIndex {
      guard text[index] == UInt8(ascii: "\\") else {
        result.append(text[index])
        index += 1
        continue
      }
      guard index + 1 < text.endIndex else { return nil }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[index + 1]) else {
        if isName { result.append(UInt8(ascii: "\\")) }
        result.append(text[index + 1])
        index += 2
        continue
      }
      guard index + 3 < text.endIndex,
        let value = UInt8(String(decoding: text[index + 1...index + 3], as: UTF8.self), radix: Int(radix))
      else { return nil }
      if isName {
        let digits = String(value)
        result += Array("\\\(String(repeating: "0", count: 3 - digits.count))\(digits)".utf8)
      } else {
        result.append(value)
      }
      index += 4
    }
    return result
  }

  private func quoted(_ string: [UInt8]) -> String {
    var text = "\""
    for byte in string {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): text += "\\" + String(UnicodeScalar(byte))
      case 0x20...0x7E: text.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: Int(radix))
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return text + "\""
  }
}

extension HeldRecordSet {
  /// A record set from a provider's texts; nil when its name or a value is none.
  package init?(
    name: some StringProtocol, type: RecordType, ttl: UInt32, values: [String], as format: PresentationText
  ) {
    guard let name = format.name(name) else { return nil }
    var data: [RecordData] = []
    for value in values {
      guard let record = format.data(type, value) else { return nil }
      data.append(record)
    }
    self.init(name: name, type: type, ttl: ttl, data: data)
  }

  /// The values as a provider takes them.
  package func values(as format: PresentationText) -> [String] { data.compactMap(format.text) }
}
