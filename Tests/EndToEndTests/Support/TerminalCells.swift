/// Text with colour sequences taken apart into cells, so that two terminals can be compared place by place.
struct TerminalCells: Equatable {
  struct Cell: Hashable, CustomStringConvertible {
    var text: Character
    /// Colour numbers as the sequences have them; -1 is the terminal's own.
    var foreground = -1
    var background = -1
    var attributes: Set<Int> = []

    var description: String { "\"\(text)\" \(foreground) on \(background) \(attributes.sorted())" }
  }

  private(set) var rows: [[Cell]]

  /// Reads lines with ECMA-48 SGR sequences, as `tmux capture-pane -e` and `zonetop … --once` print them. What a line
  /// lacks at its end are spaces in the terminal's own colours; other sequences are refused.
  init(_ text: String, columns: Int, rows count: Int) throws {
    var lines: [[Cell]] = []
    var pen = Cell(text: " ")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(count) {
      var cells: [Cell] = []
      var rest = Substring(line)
      while let character = rest.popFirst() {
        guard character == "\u{1B}" else {
          pen.text = character
          cells.append(pen)
          continue
        }
        guard rest.popFirst() == "[", let end = rest.firstIndex(of: "m") else {
          throw ProgramError("not a colour sequence: \(rest.prefix(20).debugDescription)")
        }
        try Self.apply(rest[..<end], to: &pen)
        rest = rest[rest.index(after: end)...]
      }
      while cells.count < columns { cells.append(Cell(text: " ")) }
      lines.append(cells)
    }
    while lines.count < count { lines.append(Array(repeating: Cell(text: " "), count: columns)) }
    rows = lines
  }

  private static func apply(_ sequence: Substring, to pen: inout Cell) throws {
    var codes = sequence.split(omittingEmptySubsequences: false) { $0 == ";" || $0 == ":" }
      .map { Int($0) ?? 0 }[...]
    if codes.isEmpty { codes = [0] }
    while let code = codes.popFirst() {
      switch code {
      case 0: pen = Cell(text: pen.text)
      case 1...9: pen.attributes.insert(code)
      case 22: pen.attributes.subtract([1, 2])
      case 23...29: pen.attributes.remove(code - 20)
      case 30...37: pen.foreground = code - 30
      case 90...97: pen.foreground = code - 90 + 8
      case 40...47: pen.background = code - 40
      case 100...107: pen.background = code - 100 + 8
      case 39: pen.foreground = -1
      case 49: pen.background = -1
      case 38, 48:
        let number: Int
        switch codes.popFirst() {
        case 5: number = codes.popFirst() ?? -1
        case 2:
          let (red, green, blue) = (codes.popFirst() ?? 0, codes.popFirst() ?? 0, codes.popFirst() ?? 0)
          number = 1 << 24 | red << 16 | green << 8 | blue
        default: throw ProgramError("a colour sequence that nobody knows: \(sequence)")
        }
        if code == 38 { pen.foreground = number } else { pen.background = number }
      default: throw ProgramError("a colour sequence that nobody knows: \(sequence)")
      }
    }
  }

  /// The same cells without an attribute that a terminal cannot show.
  func without(_ attribute: Int) -> TerminalCells {
    var other = self
    for row in rows.indices {
      for column in rows[row].indices { other.rows[row][column].attributes.remove(attribute) }
    }
    return other
  }

  /// Where two screens differ, at most so many places.
  func differences(from other: TerminalCells, limit: Int = 12) -> [String] {
    var found: [String] = []
    for (row, (mine, theirs)) in zip(rows, other.rows).enumerated() {
      for (column, (one, two)) in zip(mine, theirs).enumerated() where one != two && found.count < limit {
        found.append("row \(row) column \(column): \(one), not \(two)")
      }
      if mine.count != theirs.count { found.append("row \(row) has \(mine.count) columns, not \(theirs.count)") }
    }
    return found
  }
}
