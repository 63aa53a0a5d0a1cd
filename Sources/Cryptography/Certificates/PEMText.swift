/// Texts that hold keys and certificates one after the other (RFC 7468).
enum PEMText {
  /// The first block of a kind, with its lines BEGIN and END; nil when there is none.
  static func block(_ label: String, in text: String) -> String? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let first = lines.firstIndex(of: "-----BEGIN \(label)-----"),
      let last = lines[first...].firstIndex(of: "-----END \(label)-----")
    else { return nil }
    return lines[first...last].joined(separator: "\n") + "\n"
  }
}
