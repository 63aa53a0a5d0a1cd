import Terminal

/// What was said in toasts, newest first.
struct MessagesView {
  let state: DashboardState
  let glyphs: Glyphs

  func lines(width: Int) -> [TextLine] {
    if state.said.isEmpty { return [TextLine("  nothing has been said yet", .dim)] }
    return state.said.reversed().flatMap { said -> [TextLine] in
      var head = TextLine(" \(clockText(said.time)) ", .dim)
      switch said.kind {
      case .done: head.add("\(glyphs.state.ok) ", .ok)
      case .warning: head.add("\(glyphs.state.degraded) ", .warning)
      case .error: head.add("\(glyphs.state.down) ", .error)
      }
      return head.wrapping(said.text, width: width)
    }
  }
}
