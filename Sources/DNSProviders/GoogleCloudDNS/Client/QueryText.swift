/// Text as one part of a path, a query or a form: all but unreserved characters as `%XX` (RFC 3986 section 2).
func percentEncoded(_ text: String) -> String {
  var encoded: [UInt8] = []
  let digits = Array("0123456789ABCDEF".utf8)
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      encoded.append(byte)
    default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }
  return String(decoding: encoded, as: UTF8.self)
}

/// Pairs as a form has them: `a=1&b=2`.
func formText(_ pairs: [(String, String)]) -> String {
  pairs.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
}

/// A query with its question mark; nothing for no pairs.
func queryText(_ pairs: [(String, String)]) -> String { pairs.isEmpty ? "" : "?\(formText(pairs))" }
