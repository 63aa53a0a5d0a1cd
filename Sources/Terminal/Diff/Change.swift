import Glibc

/// A run of cells in one row that a backend must draw again.
package struct Change: Hashable, Sendable {
  package var row: Int
  package var columns: Range<Int>
}

extension CellGrid {
  /// The runs in which this frame differs from the one before, top to bottom and left to right. All of it where there
  /// is none before or its size was another. A run neither begins nor ends within a wide glyph of this frame.
  ///
  /// Unchanged rows cost one comparison of memory each.
  package func changes(since old: CellGrid?) -> [Change] {
    guard let old, old.size == size else {
      return (0..<size.rows).filter { _ in size.columns > 0 }.map { Change(row: $0, columns: 0..<size.columns) }
    }
    var changes: [Change] = []
    let hasClusters = !clusters.isEmpty || !old.clusters.isEmpty
    cells.withUnsafeBufferPointer { mine in
      old.cells.withUnsafeBufferPointer { theirs in
        for row in 0..<size.rows {
          let start = row * size.columns
          if !hasClusters, Self.sameBytes(mine, theirs, start..<start + size.columns) { continue }
          collect(&changes, row: row, start: start, mine: mine, old: old, theirs: theirs, hasClusters: hasClusters)
        }
      }
    }
    return changes
  }

  private func collect(
    _ changes: inout [Change], row: Int, start: Int, mine: UnsafeBufferPointer<Cell>, old: CellGrid,
    theirs: UnsafeBufferPointer<Cell>, hasClusters: Bool
  ) {
    var column = 0
    while column < size.columns {
      let same =
        mine[start + column] == theirs[start + column] && !hasClusters
        || hasClusters && shows(at: start + column, sameAs: old)
      guard !same else {
        column += 1
        continue
      }
      var first = column
      while first > 0, mine[start + first].glyph == 0 { first -= 1 }
      var end = column + 1
      while end < size.columns {
        let equal =
          hasClusters ? shows(at: start + end, sameAs: old) : mine[start + end] == theirs[start + end]
        if equal, mine[start + end].glyph != 0 { break }
        end += 1
      }
      changes.append(Change(row: row, columns: first..<end))
      column = end
    }
  }

  /// Cells have no padding, so equal memory is equal cells.
  private static func sameBytes(
    _ left: UnsafeBufferPointer<Cell>, _ right: UnsafeBufferPointer<Cell>, _ range: Range<Int>
  ) -> Bool {
    guard let left = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(left)[bytes(range)]).baseAddress,
      let right = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(right)[bytes(range)]).baseAddress
    else { return true }
    return memcmp(left, right, bytes(range).count) == 0
  }

  private static func bytes(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound * MemoryLayout<Cell>.stride..<range.upperBound * MemoryLayout<Cell>.stride
  }
}
