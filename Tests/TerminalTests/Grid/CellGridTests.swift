import Testing

@testable import Terminal

@Suite("Cell grid")
struct CellGridTests {
  private func grid(_ columns: Int, _ rows: Int) -> CellGrid { CellGrid(size: Size(columns: columns, rows: rows)) }

  @Test("A cell takes 16 bytes, all of them used")
  func cellSize() {
    #expect(MemoryLayout<Cell>.size == 16)
    #expect(MemoryLayout<Cell>.stride == 16)
  }

  @Test("Text says how many columns it took, so that the next can follow")
  func chaining() {
    var frame = grid(20, 1)
    var column = frame.write("zone ", at: Point(column: 0, row: 0), style: .plain)
    column += frame.write("日本", at: Point(column: column, row: 0), style: .plain)
    frame.write("!", at: Point(column: column, row: 0), style: .plain)
    #expect(frame.trimmedRows == ["zone 日本!"])
    #expect(column == 9)
  }

  @Test("Text is clipped on both sides and a halved wide glyph becomes a space")
  func clipping() {
    var frame = grid(6, 1)
    let clip = Rect(column: 1, row: 0, columns: 4, rows: 1)
    #expect(frame.write("日本語", at: Point(column: 0, row: 0), style: .plain, clip: clip) == 5)
    #expect(frame.rows == ["  本  "])
    #expect(frame.write("x", at: Point(column: 0, row: 7), style: .plain) == 0)
    #expect(frame.write("x", at: Point(column: 9, row: 0), style: .plain) == 0)
    #expect(frame.write("abc", at: Point(column: -2, row: 0), style: .plain) == 3)
    #expect(frame.rows == ["c 本  "])
  }

  @Test("Drawing over half of a wide glyph leaves a space, not a half")
  func overwriting() {
    var frame = grid(4, 1)
    frame.write("日本", at: Point(column: 0, row: 0), style: .plain)
    frame.write("x", at: Point(column: 1, row: 0), style: .plain)
    #expect(frame.rows == [" x本"])
    frame.fill(Rect(column: 3, row: 0, columns: 1, rows: 1), style: .plain, with: "#")
    #expect(frame.rows == [" x #"])
  }

  @Test("A combining mark joins the glyph before it and stacked marks end")
  func combining() {
    var frame = grid(4, 1)
    #expect(frame.write("e\u{301}x", at: Point(column: 0, row: 0), style: .plain) == 2)
    #expect(frame.rows == ["e\u{301}x  "])
    frame.write("a" + String(repeating: "\u{301}", count: 500), at: Point(column: 0, row: 0), style: .plain)
    #expect(frame.text(of: frame[0, 0]).unicodeScalars.count == CellGrid.clusterLimit)
    #expect(frame.write("\u{301}", at: Point(column: 2, row: 0), style: .plain) == 0)
  }

  @Test(
    "Hostile text never brings a control character into a cell",
    arguments: [
      "\u{1B}]52;c;AAAA\u{07}", "a\r\nb\u{08}", "\u{202E}gnp.exe", "\u{9B}31m", "x\u{200B}\u{FE0F}y", "\u{7F}",
      "\u{2066}a\u{2069}", "\u{FEFF}",
    ])
  func hostile(text: String) {
    var frame = grid(40, 1)
    let taken = frame.write(text, at: Point(column: 0, row: 0), style: .plain)
    #expect(taken == columns(of: text))
    let forbidden = frame.rows[0].unicodeScalars.filter {
      [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
        || (0xFE00...0xFE0F).contains($0.value)
    }
    #expect(forbidden.isEmpty)
    #expect(frame.rows[0].unicodeScalars.contains("\u{FFFD}"))
  }

  @Test("A box has its title in the upper edge and says what it leaves free")
  func box() {
    var frame = grid(14, 3)
    let inside = frame.box(frame.bounds, border: Glyphs.unicode.border, style: .plain, title: "zones")
    #expect(frame.rows == ["┌─ zones ────┐", "│            │", "└────────────┘"])
    #expect(inside == Rect(column: 1, row: 1, columns: 12, rows: 1))
    var small = grid(7, 2)
    small.box(small.bounds, border: Glyphs.ascii.border, style: .plain, title: "zones")
    #expect(small.rows == ["+- … -+", "+-----+"])
  }

  @Test("Restyling keeps the glyphs, and the plane of styles shows it")
  func restyling() {
    var frame = grid(5, 1)
    frame.write("abcde", at: Point(column: 0, row: 0), style: .plain)
    frame.restyle(Rect(column: 1, row: 0, columns: 2, rows: 1)) { $0.adding(.bold) }
    #expect(frame.rows == ["abcde"])
    #expect(frame.stylePlane() == StylePlane(rows: ["abbaa"], legend: ["a - on -", "b - on - bold"]))
  }

  @Test("Pasting keeps clusters and never halves a wide glyph")
  func pasting() {
    var small = grid(6, 1)
    small.write("日e\u{301}本z", at: Point(column: 0, row: 0), style: .plain)
    var frame = grid(5, 1)
    frame.fill(frame.bounds, style: .plain, with: "·")
    frame.paste(small, at: Point(column: -1, row: 0))
    #expect(frame.rows == [" e\u{301}本z"])
    frame.paste(small, at: Point(column: 1, row: 0))
    #expect(frame.rows == [" 日e\u{301} "])
  }

  @Test("Equal looks are equal whatever order the clusters were met in")
  func equality() {
    var left = grid(4, 1)
    left.write("e\u{301}a\u{302}", at: Point(column: 0, row: 0), style: .plain)
    var right = grid(4, 1)
    right.write("a\u{302}", at: Point(column: 1, row: 0), style: .plain)
    right.write("e\u{301}", at: Point(column: 0, row: 0), style: .plain)
    #expect(left == right)
    #expect(left.changes(since: right).isEmpty)
    right.write("o\u{301}", at: Point(column: 0, row: 0), style: .plain)
    #expect(left != right)
  }

  @Test("Styles survive being packed")
  func packing() {
    for style in Role.allCases.map({ Theme.sample[$0] }) + [.plain] {
      #expect(PackedStyle(style).style == style)
    }
  }
}
