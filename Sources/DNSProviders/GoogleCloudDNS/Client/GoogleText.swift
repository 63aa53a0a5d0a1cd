import HTTPTransport

/// Text on its way to Google's APIs, and what they say about it.
enum GoogleText {
  /// Pairs as a form has them: `a=1&b=2`.
  static func form(_ pairs: [(String, String)]) -> String {
    pairs.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
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
