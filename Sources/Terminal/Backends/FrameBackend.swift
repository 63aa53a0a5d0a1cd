/// Shows frames somewhere. It is handed the whole frame and the runs that changed since the one before.
package protocol FrameBackend {
  mutating func show(_ frame: CellGrid, changes: [Change])
}

/// Keeps the frame it was shown, built from the changed runs alone; for tests.
package struct MemoryBackend: FrameBackend {
  package private(set) var frame: CellGrid?
  /// The cells drawn so far.
  package private(set) var drawn = 0

  package init() {}

  package mutating func show(_ frame: CellGrid, changes: [Change]) {
    var shown = self.frame.flatMap { $0.size == frame.size ? $0 : nil } ?? CellGrid(size: frame.size)
    for change in changes {
      drawn += change.columns.count
      for column in change.columns {
        let index = change.row * frame.size.columns + column
        var cell = frame.cells[index]
        if cell.glyph & Cell.clusterBit != 0 { cell.glyph = Cell.clusterBit | shown.intern(frame.text(of: cell)) }
        shown.cells[index] = cell
      }
    }
    self.frame = shown
  }
}
