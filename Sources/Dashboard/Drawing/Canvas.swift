import Terminal

/// What views draw with: a grid, and the theme that turns roles into styles.
struct Canvas {
  var grid: CellGrid
  let theme: Theme
  var glyphs: Glyphs { theme.glyphs }

  init(size: Size, theme: Theme) {
    self.theme = theme
    grid = CellGrid(size: size, style: theme[.background])
  }

  /// Draws a line into a row of a rectangle; what is too long ends with an ellipsis.
  mutating func write(_ line: TextLine, row: Int, of area: Rect, ground: Role = .background) {
    guard row >= 0, row < area.size.rows else { return }
    if ground != .background {
      grid.fill(
        Rect(column: area.origin.column, row: area.origin.row + row, columns: area.size.columns, rows: 1),
        style: theme[ground])
    }
    var column = area.origin.column
    let end = area.columns.upperBound
    var rest = line.widthWithoutTrailingSpaces
    for piece in line.pieces where column < end {
      let own = columns(of: piece.text)
      // The ellipsis stands at the end of what is seen, also where the cut falls between two pieces.
      let isCut = rest > end - column
      rest -= own
      let text =
        isCut && own >= end - column
        ? truncated(piece.text + " ", to: end - column, ellipsis: glyphs.ellipsis) : piece.text
      column += grid.write(
        text, at: Point(column: column, row: area.origin.row + row), style: theme[piece.role, on: ground], clip: area)
    }
  }

  /// Draws the lines that fit, from the first or from `top`.
  mutating func write(_ lines: [TextLine], in area: Rect, top: Int = 0, ground: Role = .background) {
    for (row, line) in lines.dropFirst(max(0, top)).prefix(area.size.rows).enumerated() {
      write(line, row: row, of: area, ground: ground)
    }
  }

  /// Draws a pane's frame, or the rule with its title, and says where its content goes.
  mutating func pane(_ rect: Rect, title: String, note: String = "", in layout: Layout, hasFocus: Bool) -> Rect {
    let border = theme[hasFocus ? .focus : .border]
    let heading = note.isEmpty ? title : "\(title) \(glyphs.dot) \(note)"
    if layout.isFramed {
      grid.box(rect, border: glyphs.border, style: border, title: heading, titleStyle: theme[.title])
    } else if layout.hasTitle(rect) {
      let rule = String(repeating: glyphs.border.horizontal, count: rect.size.columns)
      grid.write(rule, at: rect.origin, style: border, clip: rect)
      let at = Point(column: rect.origin.column + 1, row: rect.origin.row)
      grid.write(" \(heading) ", at: at, style: theme[.title], width: max(0, rect.size.columns - 2), clip: rect)
    }
    return layout.content(of: rect)
  }
}

extension Glyphs {
  /// The sign of a state; the letters stand beside it.
  func sign(of health: HealthState) -> String {
    switch health {
    case .ok: state.ok
    case .degraded: state.degraded
    case .down: state.down
    case .drained: state.drained
    case .cordoned: state.held
    case .stale: state.stale
    case .absent: dot
    }
  }
}

extension HealthState {
  var role: Role {
    switch self {
    case .ok: .ok
    case .degraded: .degraded
    case .down: .down
    case .drained: .drained
    case .cordoned: .held
    case .stale: .stale
    case .absent: .dim
    }
  }
}
