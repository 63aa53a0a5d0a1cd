import Terminal

extension DashboardState {
  /// Does what the mouse asks for: the wheel scrolls what is under it, a click selects, a double click opens, and a click
  /// on a hint is its key.
  mutating func handle(_ mouse: Mouse) -> [Effect] {
    guard card == nil, prompt == nil else { return [] }
    if sheet != nil {
      if mouse.action == .press { sheet = nil }
      return []
    }
    switch mouse.action {
    case .wheelUp, .wheelDown:
      scroll(mouse.action == .wheelUp ? -3 : 3, at: mouse.position)
      return []
    case .press, .doubleClick: return click(mouse)
    case .release: return []
    }
  }

  private mutating func scroll(_ step: Int, at position: Point) {
    let layout = layout
    if (layout.trace ?? layout.detail)?.contains(position) == true {
      scrollTrace(step)
    } else if layout.events?.contains(position) == true {
      scrollEvents(step)
    } else {
      move(by: step)
    }
  }

  private mutating func click(_ mouse: Mouse) -> [Effect] {
    let layout = layout
    if mouse.position.row == layout.hintRow {
      guard mouse.action == .press else { return [] }
      let hints = HintsView(state: self, glyphs: .unicode)
      return hints.action(at: mouse.position.column, width: size.columns).map { perform($0) } ?? []
    }
    if (layout.trace ?? layout.detail)?.contains(mouse.position) == true { pane = .trace }
    if layout.events?.contains(mouse.position) == true { pane = .events }
    let area = layout.content(of: layout.places)
    guard area.contains(mouse.position) else { return [] }
    pane = .places
    let row = mouse.position.row - area.origin.row
    if view == .tree {
      clickTree(top + row, mouse, area)
    } else if let row = tableRow(at: row, height: area.size.rows) {
      pick(row)
      if mouse.action == .doubleClick { return perform(.open) }
    }
    return []
  }

  private mutating func clickTree(_ row: Int, _ mouse: Mouse, _ area: Rect) {
    guard let place = place(at: row) else { return }
    select(row)
    let foldColumn = area.origin.column + 2 + 2 * place.depth
    if mouse.action == .doubleClick || mouse.position.column == foldColumn { toggleFold() }
  }
}
