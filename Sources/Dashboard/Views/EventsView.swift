import Control
import Terminal

/// What happened, newest first.
struct EventsView {
  let state: DashboardState
  let width: Int

  func lines() -> [TextLine] {
    let events = state.snapshot?.events ?? []
    if events.isEmpty { return [TextLine("  nothing has happened yet", .dim)] }
    return events.flatMap { event -> [TextLine] in
      var line = TextLine(" \(clockText(event.time)) ", .dim)
      line.column(event.kind.rawValue, 9, role(of: event.kind))
      let indent = line.width
      line.add(event.subject, .strong)
      // A line an event beside the tree; whole sentences where the events have the screen.
      guard state.view == .timeline else { return [line.appending(": \(event.message)")] }
      line.add(":")
      var lines: [TextLine] = []
      for word in event.message.split(separator: " ") {
        if line.width > indent, line.width + 1 + columns(of: String(word)) > width {
          lines.append(line)
          line = TextLine(String(repeating: " ", count: indent))
        }
        line.add(line.width > indent ? " \(word)" : String(word))
      }
      return lines + [line]
    }
  }

  private func role(of kind: Event.Kind) -> Role {
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
