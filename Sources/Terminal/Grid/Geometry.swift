/// Columns and rows.
package struct Size: Hashable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place; the origin is the top left.
package struct Point: Hashable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells that a widget draws into. A rectangle with no columns or no rows is empty and draws nothing.
package struct Rect: Hashable, Sendable {
  package var origin: Point
  package var size: Size

  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.origin = Point(column: column, row: row)
    self.size = Size(columns: Swift.max(0, columns), rows: Swift.max(0, rows))
  }

  /// The whole of a grid of `size`.
  package init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }
}

extension Rect {
  package var isEmpty: Bool { size.columns <= 0 || size.rows <= 0 }
  /// The columns it covers.
  package var columns: Range<Int> { origin.column..<origin.column + Swift.max(0, size.columns) }
  /// The rows it covers.
  package var rows: Range<Int> { origin.row..<origin.row + Swift.max(0, size.rows) }

  package func contains(_ point: Point) -> Bool {
    columns.contains(point.column) && rows.contains(point.row)
  }

  /// What both cover; empty where they do not meet.
  package func intersection(_ other: Rect) -> Rect {
    let left = Swift.max(columns.lowerBound, other.columns.lowerBound)
    let top = Swift.max(rows.lowerBound, other.rows.lowerBound)
    return Rect(
      column: left, row: top,
      columns: Swift.min(columns.upperBound, other.columns.upperBound) - left,
      rows: Swift.min(rows.upperBound, other.rows.upperBound) - top)
  }

  /// What stays when every side moves inwards, such as the inside of a box (1 and 1).
  package func inset(columns: Int, rows: Int) -> Rect {
    Rect(
      column: origin.column + columns, row: origin.row + rows,
      columns: size.columns - 2 * columns, rows: size.rows - 2 * rows)
  }

  /// The first `count` rows, and what lies below them.
  package func splitting(rows count: Int) -> (top: Rect, bottom: Rect) {
    let taken = Swift.min(Swift.max(0, count), size.rows)
    return (
      Rect(column: origin.column, row: origin.row, columns: size.columns, rows: taken),
      Rect(column: origin.column, row: origin.row + taken, columns: size.columns, rows: size.rows - taken)
    )
  }

  /// The first `count` columns, and what lies right of them.
  package func splitting(columns count: Int) -> (left: Rect, right: Rect) {
    let taken = Swift.min(Swift.max(0, count), size.columns)
    return (
      Rect(column: origin.column, row: origin.row, columns: taken, rows: size.rows),
      Rect(column: origin.column + taken, row: origin.row, columns: size.columns - taken, rows: size.rows)
    )
  }

  /// One row of it, counted from its top; empty where it has no such row.
  package func row(_ index: Int) -> Rect {
    Rect(
      column: origin.column, row: origin.row + index, columns: size.columns,
      rows: index >= 0 && index < size.rows ? 1 : 0)
  }

  /// A rectangle of `inner` in its middle, cut to fit; where a dialog stands.
  package func centered(_ inner: Size) -> Rect {
    let columns = Swift.min(inner.columns, size.columns)
    let rows = Swift.min(inner.rows, size.rows)
    return Rect(
      column: origin.column + (size.columns - columns) / 2, row: origin.row + (size.rows - rows) / 2,
      columns: columns, rows: rows)
  }
}
