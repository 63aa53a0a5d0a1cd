/// One run of cells of one style as SVG: its ground, its shapes, its text with an explicit place for each glyph.
struct FrameRun {
  var frame: CellGrid
  var row: Int
  var columns: Range<Int>
  var style: Style
  var ground: Color

  private var top: Int { FrameDrawing.margin + row * FrameDrawing.cellHeight }

  private func left(_ column: Int) -> Int { FrameDrawing.margin + column * FrameDrawing.cellWidth }

  var svg: String {
    let ink = style.foreground ?? ground
    var text = ""
    if let fill = style.background, fill.rgb != ground.rgb {
      let width = columns.count * FrameDrawing.cellWidth
      text += """
        <rect x="\(left(columns.lowerBound))" y="\(top)" width="\(width)" height="\(FrameDrawing.cellHeight)" fill="\(fill)"/>

        """
    }
    var path = ""
    var places: [Int] = []
    var glyphs = ""
    for column in columns {
      let cell = frame[column, row]
      guard !cell.isContinuation else { continue }
      let shape = CellShape.path(cell.glyph, x: left(column), y: top)
      if let shape { path += shape }
      let isBlank = shape != nil || cell.glyph == 0x20
      if isBlank, glyphs.isEmpty { continue }
      // Blanks are written too: what cannot place single glyphs still keeps words apart.
      let text = isBlank ? " " : frame.text(of: cell)
      glyphs += FrameDrawing.escaped(text)
      // A picture has no terminal's width rules: clusters are drawn as one glyph at their base's place.
      places += Array(repeating: left(column), count: text.unicodeScalars.count)
    }
    while glyphs.last == " " {
      glyphs.removeLast()
      places.removeLast()
    }
    if !path.isEmpty { text += "<path d=\"\(path)\" fill=\"\(ink)\"\(opacity)/>\n" }
    if !glyphs.isEmpty {
      let x = places.map(String.init).joined(separator: " ")
      text += "<text x=\"\(x)\" y=\"\(top + 14)\" fill=\"\(ink)\"\(flags)\(opacity)>\(glyphs)</text>\n"
    }
    return text
  }

  private var opacity: String { style.attributes.contains(.dim) ? " opacity=\"0.65\"" : "" }

  private var flags: String {
    var flags = ""
    if style.attributes.contains(.bold) { flags += " font-weight=\"bold\"" }
    if style.attributes.contains(.italic) { flags += " font-style=\"italic\"" }
    if style.attributes.contains(.underline) { flags += " text-decoration=\"underline\"" }
    return flags
  }
}
