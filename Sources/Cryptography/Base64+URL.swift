extension Base64 {
  /// The text of the bytes as URLs and tokens take it: `-` and `_` instead of `+` and `/`, without padding (RFC 4648
  /// section 5).
  package static func encodeURL(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for character in encode(bytes).utf8 {
      switch character {
      case UInt8(ascii: "+"): text.append(UInt8(ascii: "-"))
      case UInt8(ascii: "/"): text.append(UInt8(ascii: "_"))
      case UInt8(ascii: "="): break
      default: text.append(character)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of a text as ``encodeURL(_:)`` writes it; nil for anything else, padding and white space too.
  package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
    var standard: [UInt8] = []
    for character in text.utf8 {
      switch character {
      case UInt8(ascii: "-"): standard.append(UInt8(ascii: "+"))
      case UInt8(ascii: "_"): standard.append(UInt8(ascii: "/"))
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        standard.append(character)
      default: return nil
      }
    }
    standard += [UInt8](repeating: UInt8(ascii: "="), count: (4 - standard.count % 4) % 4)
    return decode(String(decoding: standard, as: UTF8.self))
  }
}
