import Control
import Federation
import Terminal

/// The preview card: what changes, what stays, who objects, and what is still missing before it may be done.
struct CardView {
  let state: DashboardState
  let card: Card
  let glyphs: Glyphs

  func draw(on canvas: inout Canvas) {
    let size = state.size
    let width = min(size.columns, 104)
    let body = body(width: width - 4)
    let foot = foot(width: width - 4)
    let height = min(size.rows, body.count + foot.count + 2)
    let rect = Rect(
      column: (size.columns - width) / 2, row: max(0, (size.rows - height) / 2), columns: width, rows: height)
    canvas.grid.fill(rect, style: canvas.theme[.card])
    let inner = canvas.grid.box(
      rect, border: glyphs.border, style: canvas.theme[.focus, on: .card], title: card.verb,
      titleStyle: canvas.theme[.title, on: .card])
    let area = Rect(
      column: inner.origin.column + 1, row: inner.origin.row, columns: inner.size.columns - 2, rows: inner.size.rows)
    // The fields and the buttons are always on screen; what is above them scrolls.
    let room = max(0, area.size.rows - foot.count)
    let upper = Rect(column: area.origin.column, row: area.origin.row, columns: area.size.columns, rows: room)
    let top = min(card.top, max(0, body.count - room))
    canvas.write(body, in: upper, top: top, ground: .card)
    if body.count > room, room > 0 {
      let note = " \(min(body.count, top + room)) of \(body.count) lines, PgDn "
      let at = Point(column: rect.columns.upperBound - columns(of: note) - 2, row: rect.origin.row)
      canvas.grid.write(note, at: at, style: canvas.theme[.warning, on: .card], clip: rect)
    }
    let lower = Rect(
      column: area.origin.column, row: area.origin.row + room, columns: area.size.columns, rows: area.size.rows - room)
    canvas.write(foot, in: lower, ground: .card)
  }

  func body(width: Int) -> [TextLine] {
    var lines = [headline, TextLine()]
    if case .uncordon(let cordons) = card.purpose {
      for cordon in cordons {
        lines.append(
          TextLine("  \(cordon.kind.rawValue) by \(cordon.holder): ", .drained).appending(cordon.reason)
            .appending("  \(countdownText(cordon.expires - state.now)) left", .dim))
      }
      lines.append(TextLine())
      lines.append(TextLine("  Its healthy shards enter DNS again as soon as the order has ended."))
    }
    if let preview = card.preview { lines += self.preview(preview, width: width) }
    if case .asking = card.phase { lines.append(TextLine("  the plan is being made…", .dim)) }
    for refusal in card.refusals {
      lines.append(TextLine("  refused by \(refusal.rule.rawValue): ", .error).appending(refusal.why))
      lines.append(TextLine("             confirming again overrides \(refusal.rule.rawValue) by name", .warning))
    }
    if let notice = card.notice { lines.append(TextLine("  \(glyphs.state.degraded) \(notice)", .warning)) }
    return lines
  }

  private var headline: TextLine {
    let verb =
      switch card.purpose {
      case .order(.drain): "Take"
      case .order(.cordon): "Let nothing new enter DNS from"
      case .uncordon: "End the orders on"
      }
    var line = TextLine("\(verb) ", .strong)
    line.add(targetText, .strong)
    if case .order(.drain) = card.purpose { line.add(" out of", .strong) } else { line.add(", for", .strong) }
    line.add(" \(card.service?.description ?? "every service")", card.service == nil ? .warning : .strong)
    return line
  }

  private var targetText: String {
    switch card.target {
    case .zone(let name): "zone \(name)"
    case .region(let name): "region \(name)"
    case .cluster(let name): "cluster \(name)"
    case .shard(let cluster, let service): "the shard of \(service) in \(cluster)"
    }
  }

  private func preview(_ preview: DrainPreview, width: Int) -> [TextLine] {
    var lines = CardChanges(preview: preview, federation: state.snapshot?.federation, glyphs: glyphs)
      .lines(width: width)
    lines.append(TextLine())
    lines += CardCapacity(preview: preview, glyphs: glyphs).lines()
    var caches = TextLine()
    caches.column("  caches", 11, .dim)
    if preview.plans.allSatisfy(\.changes.isEmpty) {
      caches.add("nothing changes, so nothing has to run out")
    } else {
      caches.add(
        "the last cached answer ends \(countdownText(preview.cachesEndAfter)) after all servers serve it")
    }
    lines.append(caches)
    for (index, hold) in preview.objections.enumerated() {
      var line = TextLine()
      line.column(index == 0 ? "  rules" : "", 11, .dim)
      lines.append(line.appending("\(hold.rule.rawValue) objects: ", .error).appending(hold.why))
    }
    if preview.objections.isEmpty {
      var line = TextLine()
      line.column("  rules", 11, .dim)
      lines.append(line.appending("none objects", .ok))
    }
    return lines
  }

  private func foot(width: Int) -> [TextLine] {
    let isLow = state.size.rows < 16
    var lines = isLow ? [] : [TextLine()]
    if !card.isUncordon {
      var fields = TextLine("because ", .dim)
      let isWide = width >= 72
      fields.add(field(card.reason, .reason, width: isWide ? 32 : max(8, width - 26)))
      fields.add("  for ", .dim)
      fields.add(field(card.span, .span, width: 7))
      if isWide, let preview = card.preview {
        fields.add("  plan \(preview.planHash.prefix(8)), \(ageText(state.now - preview.computed))", .dim)
        if width >= 80 { fields.add(" old", .dim) }
      }
      lines.append(fields)
      if let why = card.typingReason {
        var typed = TextLine("type \(card.targetName) to confirm: ", .warning)
        typed.add(
          field(card.typed, .typed, width: max(10, min(columns(of: card.targetName) + 2, width - typed.width - 2))))
        lines.append(typed.appending("  \(why)", .dim))
      }
      if !isLow { lines.append(TextLine()) }
    }
    lines.append(buttons(width: width))
    return lines
  }

  private func buttons(width: Int) -> TextLine {
    var line = TextLine(
      card.focus == .cancel ? "[ Cancel ]" : "  Cancel  ", card.focus == .cancel ? .buttonFocus : .button)
    let obstacle = card.obstacle(now: state.now, readOnly: state.options.readOnly)
    line.add("   ")
    if let obstacle {
      line.add("y \(card.verb)", .disabled)
      line.add(": \(obstacle)", .warning)
    } else if card.focus != .cancel {
      line.add("y \(card.verb)", .disabled)
      line.add(": Enter leaves the field first", .hint)
    } else {
      line.add("y", .key)
      line.add(" \(card.verb) now", .strong)
    }
    func hint(_ key: String, _ word: String) {
      guard line.width + key.count + word.count + 4 <= width else { return }
      line.add("   \(key)", .key)
      line.add(" \(word)", .hint)
    }
    if !card.isUncordon {
      hint("Tab", "fields")
      if card.selectedService != nil { hint("a", card.service == nil ? "only this service" : "every service") }
      hint("r", "plan again")
    }
    hint("Y", "copy the command")
    return line
  }

  private func field(_ field: InputField, _ focus: Card.Focus, width: Int) -> TextLine {
    var line = TextLine("[", .dim)
    line.add(fieldPiece(field, isFocused: card.focus == focus, width: width, glyphs: glyphs))
    line.add("]", .dim)
    return line
  }
}
