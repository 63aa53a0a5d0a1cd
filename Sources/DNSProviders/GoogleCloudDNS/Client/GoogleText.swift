/// Text on its way to Google's APIs, and what they say about it.
enum GoogleText {
  /// One part of a path, a query or a form: all but unreserved characters as `%XX` (RFC 3986 section 2).
  static func encoded(_ text: String) -> String {
    var encoded: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.append(byte)
      default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Pairs as a form has them: `a=1&b=2`.
  static func form(_ pairs: [(String, String)]) -> String {
    pairs.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }

  /// A query with its question mark; nothing for no pairs.
  static func query(_ pairs: [(String, String)]) -> String { pairs.isEmpty ? "" : "?\(form(pairs))" }

  /// Whether a text can be a token in a header: printable ASCII without spaces.
  static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }

  /// A text of a server's without secrets that it repeats.
  static func redacted(_ secrets: [String], in text: String) -> String {
    secrets.filter { $0.count > 3 }.reduce(text) { $0.replacing($1, with: "…") }
  }
}
