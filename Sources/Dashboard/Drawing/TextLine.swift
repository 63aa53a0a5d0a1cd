import Terminal

/// A line of text in pieces, each with the role that says how it looks.
struct TextLine: Hashable {
  struct Piece: Hashable {
    var text: String
    var role: Role
  }
  private(set) var pieces: [Piece] = []
  private(set) var width = 0

  init() {}
  init(_ text: String, _ role: Role = .text) { add(text, role) }

  var isEmpty: Bool { width == 0 }

  /// The columns up to the last character that is not a space: what may be cut off without loss.
  var widthWithoutTrailingSpaces: Int {
    var width = width
    for piece in pieces.reversed() {
      for character in piece.text.utf8.reversed() {
        guard character == UInt8(ascii: " ") else { return width }
        width -= 1
      }
    }
    return width
  }

  mutating func add(_ text: String, _ role: Role = .text) {
    guard !text.isEmpty else { return }
    pieces.append(Piece(text: text, role: role))
    width += columns(of: text)
  }

  mutating func add(_ line: TextLine) {
    pieces += line.pieces
    width += line.width
  }

  /// Adds a text in exactly so many columns, and a space behind it.
  mutating func column(_ text: String, _ width: Int, _ role: Role = .text, _ alignment: Alignment = .leading) {
    guard width > 0 else { return }
    add(padded(text, to: width, alignment: alignment) + " ", role)
  }

  /// Goes on at a column, or one space on where the line has passed it.
  mutating func move(to column: Int) { add(String(repeating: " ", count: max(1, column - width))) }

  func appending(_ other: TextLine) -> TextLine {
    var line = self
    line.add(other)
    return line
  }

  func appending(_ text: String, _ role: Role = .text) -> TextLine {
    var line = self
    line.add(text, role)
    return line
  }
}
