import Federation
import Terminal

/// Draws the page that lies over the views.
struct SheetView {
  let state: DashboardState
  let glyphs: Glyphs

  func draw(_ sheet: Sheet, on canvas: inout Canvas) {
    let size = state.size
    let width = min(size.columns, sheet.kind == .help ? 94 : 110)
    let lines = lines(sheet.kind, width: width - 2)
    let height = min(size.rows, lines.count + 2)
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, (size.rows - height) / 2), columns: width, rows: height)
    canvas.grid.fill(rect, style: canvas.theme[.card])
    let scrolls = lines.count > height - 2 ? "up and down scroll, " : ""
    let area = canvas.grid.box(
      rect, border: glyphs.border, style: canvas.theme[.focus, on: .card],
      title: "\(title(sheet.kind)) \(glyphs.dot) \(scrolls)Esc closes", titleStyle: canvas.theme[.title, on: .card])
    canvas.write(lines, in: area, top: min(sheet.top, max(0, lines.count - area.size.rows)), ground: .card)
  }

  /// How many lines the page has.
  func count(_ kind: Sheet.Kind) -> Int { lines(kind, width: max(1, min(state.size.columns, 110) - 2)).count }

  private func title(_ kind: Sheet.Kind) -> String {
    switch kind {
    case .help: "help"
    case .messages: "messages"
    case .plan: "plan of \(state.service?.description ?? "nothing")"
    }
  }

  private func lines(_ kind: Sheet.Kind, width: Int) -> [TextLine] {
    switch kind {
    case .help: HelpView(state: state, glyphs: glyphs).lines()
    case .messages: MessagesView(state: state, glyphs: glyphs).lines(width: width)
    case .plan: PlanView(state: state, glyphs: glyphs).lines(width: width)
    }
  }
}
