extension CellGrid {
  /// Draws `text` from `point` to the right and says how many columns it took, so that the next text can follow.
  ///
  /// - Parameters:
  ///   - width: The most columns to take; a longer text ends with `…`. Nil draws as far as the clip goes.
  ///   - clip: Nothing is drawn outside it (nor outside the grid); text may begin left of it.
  /// - Returns: The columns from `point` to the end of what the text took up to the right edge of the clip.
  @discardableResult
  package mutating func write(
    _ text: String, at point: Point, style: Style, width: Int? = nil, clip: Rect? = nil
  ) -> Int {
    let area = clip.map(bounds.intersection) ?? bounds
    guard area.rows.contains(point.row), point.column < area.columns.upperBound else { return 0 }
    guard let width else { return draw(text, at: point, style: PackedStyle(style), area: area.columns) }
    return draw(truncated(text, to: width), at: point, style: PackedStyle(style), area: area.columns)
  }

  private mutating func draw(_ text: String, at point: Point, style: PackedStyle, area: Range<Int>) -> Int {
    let row = point.row * size.columns
    var column = point.column
    for scalar in text.unicodeScalars {
      let (drawn, columns) = ScalarWidth.measure(scalar.value)
      if columns == 0 {
        join(drawn, row: row, before: column, after: point.column, area: area)
        continue
      }
      if column >= area.upperBound { return area.upperBound - point.column }
      put(drawn, columns: columns, row: row, column: column, style: style, area: area)
      column += columns
    }
    return min(column, area.upperBound) - point.column
  }

  /// Sets one glyph; halves at an edge of the clip, and other glyphs it halves, become spaces.
  private mutating func put(
    _ scalar: UInt32, columns: Int, row: Int, column: Int, style: PackedStyle, area: Range<Int>
  ) {
    let fits = column >= area.lowerBound && column + columns <= area.upperBound
    for offset in 0..<columns where area.contains(column + offset) {
      let glyph: UInt32 = fits ? (offset == 0 ? scalar : 0) : 0x20
      clear(row: row, column: column + offset)
      cells[row + column + offset] = Cell(glyph: glyph, style: style)
    }
  }

  /// Prepares a cell for a new glyph: what remains of a wide glyph that stood over it becomes a space.
  mutating func clear(row: Int, column: Int) {
    let index = row + column
    if cells[index].glyph == 0, column > 0 { cells[index - 1].glyph = 0x20 }
    if column + 1 < size.columns, cells[index + 1].glyph == 0 { cells[index + 1].glyph = 0x20 }
  }

  /// Adds a combining scalar to the glyph that this text drew last.
  private mutating func join(_ scalar: UInt32, row: Int, before column: Int, after start: Int, area: Range<Int>) {
    guard let mark = Unicode.Scalar(scalar) else { return }
    var last = column - 1
    guard last >= start, area.contains(last) else { return }
    if cells[row + last].glyph == 0 { last -= 1 }
    guard last >= max(start, area.lowerBound) else { return }
    var cluster = self.text(of: cells[row + last])
    guard cluster.unicodeScalars.count < Self.clusterLimit else { return }
    cluster.unicodeScalars.append(mark)
    cells[row + last].glyph = Cell.clusterBit | intern(cluster)
  }

  /// The index of a cluster, added where it is new. Linear in the clusters, of which a frame has few.
  mutating func intern(_ cluster: String) -> UInt32 {
    let scalars = Array(cluster.unicodeScalars)
    if let known = clusters.firstIndex(where: { Array($0.unicodeScalars) == scalars }) { return UInt32(known) }
    clusters.append(cluster)
    return UInt32(clusters.count - 1)
  }
}
