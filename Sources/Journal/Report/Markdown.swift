import Federation

/// Text from elsewhere made harmless for Markdown: cleaned, in one line, and every sign that means something escaped.
func escaped(_ text: String) -> String {
  var safe = ""
  for character in cleanText(text, limit: 1_000) {
    if "\\`*_[]<>|~&#@$".contains(character) { safe.append("\\") }
    safe.append(character)
  }
  // Addresses in a text must not become links.
  return safe.replacing("://", with: ":\\//").replacing("www.", with: "www\\.")
}

/// A table; nothing where it has no rows.
func table(_ heads: [String], _ rows: [[String]]) -> [String] {
  guard !rows.isEmpty else { return [] }
  let line = { (cells: [String]) in "| " + cells.joined(separator: " | ") + " |" }
  return [line(heads), line(heads.map { _ in "---" })] + rows.map(line)
}
