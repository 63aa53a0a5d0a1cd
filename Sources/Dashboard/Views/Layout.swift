import Terminal

/// Where everything is for a size. Panes stand side by side in frames where there is room, and below each other under
/// a rule where there is not.
struct Layout: Hashable {
  /// The header has two lines, a third for the regions where there is room, and fewer where there is hardly any.
  let headerRows: Int
  let isFramed: Bool
  /// The tree or the table, with its frame or rule.
  let places: Rect
  let trace: Rect?
  let events: Rect?
  /// What there is to say about the selected row of a table.
  let detail: Rect?
  /// The line of hints; nil when the screen is too low for one.
  let hintRow: Int?
  private let isTreeUntitled: Bool

  /// - Parameter treeRows: How many rows the tree has: one that fits whole is shown whole.
  init(size: Size, view: ViewKind, pane: Pane, treeRows: Int = 0) {
    let columns = max(0, size.columns)
    let rows = max(0, size.rows)
    let header = rows >= 32 ? 3 : rows >= 8 ? 2 : min(1, rows)
    headerRows = header
    hintRow = rows >= 4 ? rows - 1 : nil
    let body = max(0, rows - header - (hintRow == nil ? 0 : 1))
    isFramed = columns >= 100 && body >= 18
    func band(_ top: Int, _ height: Int) -> Rect {
      Rect(column: 0, row: header + top, columns: columns, rows: max(0, height))
    }
    var isTreeUntitled = false
    switch view {
    case .services, .clusters, .doctor:
      trace = nil
      events = nil
      if body >= 12 {
        let lower = max(5, min(16, body * 2 / 5))
        places = band(0, body - lower)
        detail = band(body - lower, lower)
      } else {
        // Too low for two: the detail takes the place of the table when it has the focus.
        places = pane == .trace ? band(0, 0) : band(0, body)
        detail = pane == .trace ? band(0, body) : nil
      }
    case .timeline:
      places = band(0, body)
      trace = nil
      detail = nil
      events = nil
    case .trace:
      places = band(0, 0)
      trace = band(0, body)
      detail = nil
      events = nil
    case .tree, .records:
      detail = nil
      if isFramed {
        let eventRows = body < 26 ? 0 : min(12, 5 + (body - 26) / 3)
        let height = body - eventRows
        let left = columns * 58 / 100
        places = Rect(column: 0, row: header, columns: left, rows: height)
        trace = Rect(column: left, row: header, columns: columns - left, rows: height)
        events = eventRows > 0 ? band(height, eventRows) : nil
      } else if body >= 15 {
        let eventRows = body >= 30 ? 5 : 0
        let room = body - eventRows
        var upper = room * 11 / 20 + 1
        // Every zone on one screen is worth more than the title above them; the trace has a line for each hop then.
        if view == .tree, pane != .trace, treeRows >= upper, treeRows + Self.leastTrace <= room {
          isTreeUntitled = treeRows + Self.leastTrace == room
          upper = isTreeUntitled ? treeRows : treeRows + 1
        }
        places = band(0, upper)
        trace = band(upper, body - eventRows - upper)
        events = eventRows > 0 ? band(body - eventRows, eventRows) : nil
      } else {
        // Too low for two: the trace takes the place of the tree when it has the focus.
        places = pane == .trace ? band(0, 0) : band(0, body)
        trace = pane == .trace ? band(0, body) : nil
        events = nil
      }
    }
    self.isTreeUntitled = isTreeUntitled
  }

  /// The rule with its title, and three hops.
  private static let leastTrace = 4

  /// Whether a pane's top line is a rule with its title.
  func hasTitle(_ rect: Rect) -> Bool {
    if isFramed { return true }
    if isTreeUntitled { return rect != places }
    return rect.size.rows >= 9
      || ((rect == trace || rect == detail) && rect.size.rows >= Self.leastTrace && !places.isEmpty)
  }

  /// What a pane has for its content.
  func content(of rect: Rect) -> Rect {
    let column = rect.origin.column
    let row = rect.origin.row
    if isFramed {
      return Rect(
        column: column + 1, row: row + 1, columns: max(0, rect.size.columns - 2), rows: max(0, rect.size.rows - 2))
    }
    let title = hasTitle(rect) ? 1 : 0
    return Rect(
      column: column, row: row + title, columns: rect.size.columns, rows: max(0, rect.size.rows - title))
  }

  /// Rows that the tree or the table can show.
  var placeRows: Int { content(of: places).size.rows }
}
