extension CellGrid {
  /// Fills a rectangle with one glyph of one column and one style.
  package mutating func fill(_ rect: Rect, style: Style, with glyph: Unicode.Scalar = " ") {
    let area = rect.intersection(bounds)
    guard !area.isEmpty else { return }
    let (drawn, columns) = ScalarWidth.measure(glyph.value)
    let cell = Cell(glyph: columns == 1 ? drawn : ScalarWidth.mark, style: PackedStyle(style))
    for row in area.rows {
      let start = row * size.columns
      clear(row: start, column: area.columns.lowerBound)
      clear(row: start, column: area.columns.upperBound - 1)
      for index in start + area.columns.lowerBound..<start + area.columns.upperBound { cells[index] = cell }
    }
  }

  /// Changes how a rectangle looks and leaves its glyphs: a selection, a dimmed background behind a dialog. The closure
  /// runs once for each run of cells that look alike.
  package mutating func restyle(_ rect: Rect, _ change: (Style) -> Style) {
    let area = rect.intersection(bounds)
    for row in area.rows {
      var last: (from: PackedStyle, to: PackedStyle)?
      for index in area.columns.map({ row * size.columns + $0 }) {
        let style = cells[index].packedStyle
        if last?.from != style { last = (style, PackedStyle(change(style.style))) }
        if let to = last?.to { cells[index] = Cell(glyph: cells[index].glyph, style: to) }
      }
    }
  }

  /// Draws a border along the inside of `rect`, with a title in its upper edge where there is room: `┌─ title ───┐`.
  ///
  /// - Returns: What the border leaves free.
  @discardableResult
  package mutating func box(
    _ rect: Rect, border: Glyphs.Border, style: Style, title: String = "", titleStyle: Style? = nil, clip: Rect? = nil
  ) -> Rect {
    guard rect.size.columns >= 2, rect.size.rows >= 2 else { return rect.inset(columns: 1, rows: 1) }
    let (left, right) = (rect.columns.lowerBound, rect.columns.upperBound - 1)
    let (top, bottom) = (rect.rows.lowerBound, rect.rows.upperBound - 1)
    let edge = String(repeating: border.horizontal, count: rect.size.columns - 2)
    write(border.topLeft + edge + border.topRight, at: Point(column: left, row: top), style: style, clip: clip)
    write(border.bottomLeft + edge + border.bottomRight, at: Point(column: left, row: bottom), style: style, clip: clip)
    for row in top + 1..<max(bottom, top + 1) {
      write(border.vertical, at: Point(column: left, row: row), style: style, clip: clip)
      write(border.vertical, at: Point(column: right, row: row), style: style, clip: clip)
    }
    let room = rect.size.columns - 6
    if !title.isEmpty, room > 0 {
      let text = " " + truncated(title, to: room) + " "
      write(text, at: Point(column: left + 2, row: top), style: titleStyle ?? style, clip: clip)
    }
    return rect.inset(columns: 1, rows: 1)
  }

  /// Copies another grid onto this one with its origin at `point`.
  package mutating func paste(_ other: CellGrid, at point: Point) {
    let area = Rect(
      column: point.column, row: point.row, columns: other.size.columns, rows: other.size.rows
    ).intersection(bounds)
    guard !area.isEmpty else { return }
    for row in area.rows {
      let start = row * size.columns
      clear(row: start, column: area.columns.lowerBound)
      clear(row: start, column: area.columns.upperBound - 1)
      for column in area.columns {
        var cell = other[column - point.column, row - point.row]
        if cell.glyph & Cell.clusterBit != 0 { cell.glyph = Cell.clusterBit | intern(other.text(of: cell)) }
        cells[start + column] = cell
      }
      if cells[start + area.columns.lowerBound].glyph == 0 { cells[start + area.columns.lowerBound].glyph = 0x20 }
      let next = area.columns.upperBound - point.column
      if next < other.size.columns, other[next, row - point.row].glyph == 0 {
        cells[start + area.columns.upperBound - 1].glyph = 0x20
      }
    }
  }
}
