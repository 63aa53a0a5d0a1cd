import Control
import Terminal

/// What happened, newest first: a line each beside the tree.
struct EventsView {
  let state: DashboardState
  let glyphs: Glyphs

  func lines() -> [TextLine] {
    let events = state.snapshot?.events ?? []
    if events.isEmpty { return [TextLine("  nothing has happened yet", .dim)] }
    return events.map { event in
      var line = TextLine(" \(clockText(event.time)) ", .dim)
      line.column(event.kind.rawValue, 9, Self.role(of: event.kind))
      line.add(state.snapshot?.federation.short(event.subject, ellipsis: glyphs.ellipsis) ?? event.subject, .strong)
      return line.appending(": \(event.message)")
    }
  }

  static func role(of kind: Event.Kind) -> Role {
    switch kind {
    case .up: .ok
    case .down: .down
    case .held: .held
    case .applied, .reconcile: .accent
    case .cordon, .drain: .drained
    case .uncordon: .ok
    case .cluster, .leader: .stale
    case .error: .error
    }
  }
}
