import Terminal

/// Every key, made from the binding table.
struct HelpView {
  let state: DashboardState
  let glyphs: Glyphs

  func draw(on canvas: inout Canvas) {
    let size = state.size
    let lines = lines()
    let width = min(size.columns, 78)
    let height = min(size.rows, lines.count + 2)
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, (size.rows - height) / 2), columns: width, rows: height)
    let style = canvas.theme[.card]
    canvas.grid.fill(rect, style: style)
    let note =
      lines.count > height - 2 ? "help \(glyphs.dot) up and down scroll, Esc closes" : "help \(glyphs.dot) Esc closes"
    let area = canvas.grid.box(
      rect, border: glyphs.border, style: canvas.theme[.focus, on: .card], title: note,
      titleStyle: canvas.theme[.title, on: .card])
    let top = min(state.helpTop ?? 0, max(0, lines.count - area.size.rows))
    canvas.write(lines, in: area, top: top, ground: .card)
  }

  func lines() -> [TextLine] {
    var lines: [TextLine] = []
    for group in Binding.Group.allCases {
      lines.append(TextLine(" \(group.rawValue)", .title))
      for binding in state.options.bindings.bindings where binding.group == group {
        var line = TextLine("   ")
        line.column(binding.keys.map { $0.text(glyphs) }.joined(separator: " "), 10, .key)
        line.add(binding.help)
        if group == .act, let reason = state.options.readOnly { line.add(" (off: \(reason))", .disabled) }
        lines.append(line)
      }
    }
    lines.append(TextLine(" States", .title))
    for (health, meaning) in Self.meanings {
      var line = TextLine("   ")
      line.column("\(glyphs.sign(of: health)) \(health.letters)", 10, health.role)
      line.add(meaning)
      lines.append(line)
    }
    return lines
  }

  private static let meanings: [(HealthState, String)] = [
    (.ok, "every endpoint is ready and the address is in DNS"),
    (.degraded, "serves, but not all of it; or healthy and not in DNS yet"),
    (.down, "does not serve; its name points one level up"),
    (.drained, "an operator took it out of DNS"),
    (.cordoned, "an operator lets nothing new in; what serves goes on"),
    (.stale, "the cluster does not answer: the last known is held"),
    (.absent, "the service has no shard here"),
  ]
}
