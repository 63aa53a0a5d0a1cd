package import Federation
package import Journal
import Terminal

/// A view that is a plain table: rows, and the columns that show them.
protocol Table {
  associatedtype Row
  /// Rows in the table's own order, filtered.
  var rows: [Row] { get }
  var columns: [TableColumn<Row>] { get }
  func id(of row: Row) -> RowID
}

/// What a row of a table stands for: stays the same while the world around it moves.
package enum RowID: Hashable, Sendable {
  case service(ServiceKey)
  case cluster(String)
  case name(DomainName)
  case finding(String)
  case item(TimelineItem)
}

extension Table {
  /// The rows as the operator wants them ordered; rows that are alike stay in the table's own order.
  func ordered(_ choice: TableChoice) -> [Row] {
    guard let name = choice.sort, let column = columns.first(where: { $0.name == name }) else { return rows }
    let keyed = rows.enumerated().map { (offset: $0.offset, key: column.key($0.element), row: $0.element) }
    return keyed.sorted { left, right in
      if left.key == right.key { return left.offset < right.offset }
      return (left.key < right.key) != choice.isReversed
    }.map(\.row)
  }

  /// The columns that are to be shown, in their order.
  func chosen(_ choice: TableChoice) -> [TableColumn<Row>] {
    let named = choice.columns.compactMap { name in columns.first { $0.name == name } }
    return named.isEmpty ? columns : named
  }

  /// Draws the titles and the rows around the selected one; only those on screen are built.
  func draw(_ state: DashboardState, empty: String, in area: Rect, on canvas: inout Canvas) {
    let choice = state.choices[state.view] ?? TableChoice()
    let all = chosen(choice)
    let widths = fittedWidths(all.map { ($0.least, $0.wanted) }, width: area.size.columns - 2)
    let shown = Array(zip(all, widths))
    let rows = ordered(choice)
    var title = TextLine("  ")
    for (column, width) in shown {
      let mark = column.name == choice.sort ? (choice.isReversed ? canvas.glyphs.up : canvas.glyphs.down) : ""
      title.column(column.name + mark, width, .dim, column.alignment)
    }
    canvas.write(title, row: 0, of: area)
    let height = area.size.rows - 1
    guard height > 0 else { return }
    if rows.isEmpty { return canvas.write(TextLine("  \(empty)", .dim), row: 1, of: area) }
    let selected = min(max(0, state.tableRow), rows.count - 1)
    let top = firstRow(selected: selected, count: rows.count, height: height)
    for row in 0..<min(height, rows.count - top) {
      let isSelected = top + row == selected
      var line = TextLine(isSelected ? canvas.glyphs.cursor + " " : "  ", .accent)
      for (column, width) in shown {
        let cell = column.text(rows[top + row])
        line.column(cell.text, width, cell.role, column.alignment)
      }
      canvas.write(line, row: row + 1, of: area, ground: isSelected ? .selection : .background)
    }
  }
}

/// The first row on screen: the selected one stays in the middle where it can.
func firstRow(selected: Int, count: Int, height: Int) -> Int { max(0, min(selected - height / 2, count - height)) }
