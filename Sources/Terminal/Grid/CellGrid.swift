/// A frame as cells: what views draw into, backends show and tests read.
///
/// Drawing outside the grid or the clip does nothing. No text can bring a control character into a cell: whatever must
/// not reach a terminal becomes U+FFFD. A glyph of two columns that would be halved becomes a space.
package struct CellGrid: Sendable {
  package let size: Size
  /// Row by row.
  var cells: [Cell]
  /// The glyphs of more than one scalar, referred to by index from cells.
  var clusters: [String] = []

  /// The most scalars in one glyph; ncurses takes no more, and stacked marks must not grow a row.
  static let clusterLimit = 5

  package init(size: Size, style: Style = .plain) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    cells = Array(
      repeating: Cell(glyph: 0x20, style: PackedStyle(style)), count: self.size.columns * self.size.rows)
  }

  /// The whole of it, as a rectangle to draw into.
  package var bounds: Rect { Rect(size) }

  /// The cell at a place inside the grid.
  package subscript(point: Point) -> Cell { cells[point.row * size.columns + point.column] }

  package subscript(column: Int, row: Int) -> Cell { cells[row * size.columns + column] }

  /// What a cell shows: one glyph, or nothing where a wide glyph to the left reaches into it.
  package func text(of cell: Cell) -> String {
    if cell.glyph & Cell.clusterBit != 0 { return clusters[Int(cell.glyph & ~Cell.clusterBit)] }
    guard cell.glyph != 0, let scalar = Unicode.Scalar(cell.glyph) else { return "" }
    return String(Character(scalar))
  }
}

extension CellGrid: Equatable {
  /// Whether both look the same; the order in which clusters were met does not matter.
  package static func == (left: CellGrid, right: CellGrid) -> Bool {
    left.size == right.size && left.cells.indices.allSatisfy { left.shows(at: $0, sameAs: right) }
  }

  /// Whether both grids show the same at an index of `cells`.
  func shows(at index: Int, sameAs other: CellGrid) -> Bool {
    let mine = cells[index]
    let theirs = other.cells[index]
    guard (mine.glyph | theirs.glyph) & Cell.clusterBit != 0 else { return mine == theirs }
    return mine.hasStyle(of: theirs) && text(of: mine) == other.text(of: theirs)
  }
}
