import Control
import Federation
import Terminal

/// What would be changed for the selected service, and what is held of it, as the picture has it.
struct PlanView {
  let state: DashboardState
  let glyphs: Glyphs

  func lines(width: Int) -> [TextLine] {
    guard let service = state.serviceSnapshot, let snapshot = state.snapshot else {
      return [TextLine("  there is no service", .dim)]
    }
    let folding = NameFolding(service: service.key, federation: snapshot.federation)
    var lines: [TextLine] = []
    for row in state.recordRows where Set(row.name.desired) != Set(row.name.published) {
      lines.append(TextLine(" \(row.label)", .strong))
      for set in row.name.published where !row.name.desired.contains(set) {
        lines.append(TextLine("   \(glyphs.minus) ", .removed).appending(text(set, folding), .removed))
      }
      for set in row.name.desired where !row.name.published.contains(set) {
        lines.append(TextLine("   + ", .added).appending(text(set, folding), .added))
      }
    }
    if lines.isEmpty {
      lines.append(TextLine(" \(glyphs.state.ok) nothing to change: what is published is what the rules want", .ok))
    }
    for hold in service.held {
      let head = TextLine(" \(glyphs.state.held) held by \(hold.rule.rawValue): ", .held)
      lines += head.wrapping([hold.name?.text, hold.why].compactMap { $0 }.joined(separator: ": "), width: width)
    }
    for hold in snapshot.held {
      let head = TextLine(" \(glyphs.state.held) \(hold.subject) held by \(hold.rule.rawValue): ", .held)
      lines += head.wrapping(hold.why, width: width)
    }
    lines.append(TextLine())
    lines.append(TextLine(" zonetop plan \(service.key)", .key))
    return lines
  }

  private func text(_ set: RecordSet, _ folding: NameFolding) -> String {
    let values = set.values.map { value in
      set.type == .cname ? folding.short(DomainName(canonical: value), ellipsis: glyphs.ellipsis, width: 40) : value
    }
    return "\(set.type.rawValue) TTL \(set.ttl)  \(values.joined(separator: " "))"
  }
}
