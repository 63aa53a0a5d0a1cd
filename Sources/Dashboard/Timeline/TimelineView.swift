import Control
import Federation
import Journal
import Terminal

/// What happened, what is in force and what was asked for, newest first; below it the selected line whole.
struct TimelineView {
  let state: DashboardState
  let glyphs: Glyphs

  /// Rows of the detail with its rule, where there is room for it.
  private static let detailRows = 7

  func draw(in area: Rect, on canvas: inout Canvas) {
    let items = state.timeline
    guard !items.isEmpty else { return canvas.write(TextLine("  nothing has happened yet", .dim), row: 0, of: area) }
    let hasDetail = area.size.rows >= 2 * Self.detailRows
    let height = area.size.rows - (hasDetail ? Self.detailRows : 0)
    let selected = min(state.tableRow, items.count - 1)
    let top = max(0, min(selected - height / 2, items.count - height))
    for row in 0..<max(0, min(height, items.count - top)) {
      let isSelected = top + row == selected
      var line = TextLine(isSelected ? glyphs.cursor + " " : "  ", .accent)
      line.add(self.line(items[top + row]))
      canvas.write(line, row: row, of: area, ground: isSelected ? .selection : .background)
    }
    guard hasDetail else { return }
    let detail = Rect(
      column: area.origin.column, row: area.origin.row + height, columns: area.size.columns, rows: Self.detailRows)
    canvas.write(
      TextLine(String(repeating: glyphs.border.horizontal, count: area.size.columns), .border), row: 0, of: detail)
    for (row, line) in self.detail(items[selected], width: area.size.columns).prefix(Self.detailRows - 1).enumerated() {
      canvas.write(line, row: row + 1, of: detail)
    }
  }

  private func line(_ item: TimelineItem) -> TextLine {
    var line = TextLine(clockText(item.time) + " ", .dim)
    line.column(item.word, 9, role(of: item.kind))
    line.add(state.snapshot?.federation.short(item.subject, ellipsis: glyphs.ellipsis) ?? item.subject, .strong)
    line.add(": \(item.what)")
    if let who = item.who { line.add("  \(who)", .accent) }
    if let why = item.why { line.add(": \(why)", .dim) }
    return line
  }

  /// Everything about one item, wrapped.
  private func detail(_ item: TimelineItem, width: Int) -> [TextLine] {
    var head = TextLine(" \(Timestamp(seconds: item.time.nanoseconds / 1_000_000_000)) ", .dim)
    head.add("\(item.word) ", role(of: item.kind))
    head.add(item.subject, .strong)
    var lines = [head]
    if let who = item.who { lines.append(TextLine(" by   ", .dim).appending(who, .accent)) }
    lines += TextLine(" what ", .dim).wrapping(item.what, width: width)
    if let why = item.why { lines += TextLine(" why  ", .dim).wrapping(why, width: width) }
    return lines
  }

  private func role(of kind: TimelineItem.Kind) -> Role {
    switch kind {
    case .event(let kind): EventsView.role(of: kind)
    case .order: .drained
    case .asked: .accent
    case .done: .ok
    case .refused: .held
    case .failed: .error
    }
  }
}

extension DashboardState {
  /// What the timeline shows, newest first.
  var timeline: [TimelineItem] {
    memory.recording.timeline(at: memory.moment ?? now, orders: snapshot?.cordons ?? [])
  }
}
