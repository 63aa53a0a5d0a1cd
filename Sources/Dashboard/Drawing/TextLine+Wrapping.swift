import Terminal

extension TextLine {
  /// This line with a text behind it, word by word on as many lines as it takes; further lines are indented to where
  /// the text began. A word that is longer than the room has a line of its own, and is cut when it is drawn.
  func wrapping(_ text: String, width: Int, _ role: Role = .text) -> [TextLine] {
    let indent = min(self.width, max(0, width / 2))
    var lines: [TextLine] = []
    var line = self
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.width + 1 + columns(of: String(word)) > width {
        lines.append(line)
        line = TextLine(String(repeating: " ", count: indent))
        isEmpty = true
      }
      line.add(isEmpty ? String(word) : " \(word)", role)
      isEmpty = false
    }
    return lines + [line]
  }
}
