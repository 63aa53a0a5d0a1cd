import Terminal

/// One column of a table: what it is called, how wide it may be, what stands in it, and how it sorts.
struct TableColumn<Row> {
  /// Title, and the name for `:sort` and `:columns`.
  var name: String
  /// Columns of text that it needs to be of use, and that it would take.
  var least: Int
  var wanted: Int
  var alignment = Alignment.leading
  var text: (Row) -> TableText
  /// What rows are ordered by when this column is sorted.
  var key: (Row) -> SortKey
}

/// What stands in a cell of a table.
struct TableText {
  var text: String
  var role = Role.text

  init(_ text: String, _ role: Role = .text) {
    self.text = text
    self.role = role
  }
}

/// What rows are ordered by: numbers before texts, each in their own order.
enum SortKey: Comparable {
  case number(Int64)
  case text(String)
}

/// What the operator has chosen for a table; empty is the table's own way.
struct TableChoice: Hashable, Sendable {
  /// The column that rows are ordered by; nil leaves them worst first.
  var sort: String?
  var isReversed = false
  /// The columns on screen in this order; empty shows all that fit.
  var columns: [String] = []
}

/// Shares a width out between columns. The first columns are kept; what does not fit any more is left out.
func fittedWidths(_ columns: [(least: Int, wanted: Int)], width: Int) -> [Int] {
  var widths: [Int] = []
  var free = width
  for column in columns {
    guard free >= column.least else { break }
    widths.append(column.least)
    free -= column.least + 1
  }
  for index in widths.indices where free > 0 {
    let more = min(free, columns[index].wanted - widths[index])
    guard more > 0 else { continue }
    widths[index] += more
    free -= more
  }
  // The last one may have the rest: it is the sentence.
  if let last = widths.indices.last, widths.count == columns.count, free > 0 { widths[last] += free }
  return widths
}
