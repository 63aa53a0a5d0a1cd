import Control
import Federation
import Terminal

/// The preview card: what changes, what stays, who objects, and what is still missing before it may be done.
struct CardView {
  let state: DashboardState
  let card: Card
  let glyphs: Glyphs

  /// The widest that a card is.
  static let widest = 104

  func draw(on canvas: inout Canvas) {
    let size = state.size
    let width = min(size.columns, Self.widest)
    let body = body(width: width - 4)
    let foot = CardFoot(state: state, card: card, glyphs: glyphs).lines(width: width - 4)
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

  /// What is above the fields.
  func body(width: Int) -> [TextLine] {
    var lines = [headline]
    // What came of the last try comes first: it is what the reader must not miss.
    lines += notices(width: width)
    lines.append(TextLine())
    switch card.purpose {
    case .uncordon(let cordons): lines += ending(cordons)
    case .whatIf(let targets): lines += scopes(targets, width: width) + [TextLine()]
    case .order: break
    }
    if let preview = card.preview {
      lines += CardChanges(
        preview: preview, federation: state.snapshot?.federation, first: card.selectedService, glyphs: glyphs
      ).lines(width: width)
      lines.append(TextLine())
      lines += CardFacts(preview: preview, state: state, glyphs: glyphs).lines(width: width)
    }
    if case .asking = card.phase { lines.append(TextLine("  the plan is being made…", .dim)) }
    return lines
  }

  private var headline: TextLine {
    var line = TextLine()
    switch card.purpose {
    case .order(.drain): line.add("Take \(words(card.target)) out of", .strong)
    case .order(.cordon): line.add("Let nothing new enter DNS from \(words(card.target)), for", .strong)
    case .uncordon(let cordons):
      let targets = Set(cordons.map(\.target))
      let what =
        targets.count == 1 ? "the order\(cordons.count == 1 ? "" : "s") on \(words(card.target))" : "these orders"
      line.add("End \(what), for", .strong)
    case .whatIf(let targets):
      line.add("What if \(targets.count > 1 ? "all of these were" : "this were") out of", .strong)
    }
    line.add(" \(card.service?.description ?? "every service")", card.service == nil ? .warning : .strong)
    if let shards = card.preview?.shards, shards > 0 { line.add("  \(counted(shards, "shard"))", .dim) }
    return line
  }

  private func words(_ target: CordonTarget) -> String {
    switch target {
    case .zone(let name): "zone \(name)"
    case .region(let name): "region \(name)"
    case .cluster(let name): "cluster \(name)"
    case .shard(let cluster, let service): "the shard of \(service) in \(cluster)"
    }
  }

  private func notices(width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    if let notice = card.notice { lines.append(TextLine("  \(glyphs.state.degraded) \(notice)", .warning)) }
    if let former = card.former, let preview = card.preview {
      lines += PlanDifference(old: former, new: preview).lines(state.snapshot?.federation)
        .map { TextLine("    \($0)", .warning) }
    }
    for refusal in card.refusals {
      lines += wrapped(TextLine("  refused by \(refusal.rule.rawValue): ", .error), refusal.why, width: width)
      let rule = refusal.rule
      lines.append(
        TextLine(
          "             "
            + (rule.yieldsToOrders
              ? "confirming again overrides \(rule.rawValue) by name" : "\(rule.rawValue) yields to nobody"),
          .warning))
    }
    return lines
  }

  /// The scopes of a what-if, as many a line as fit.
  private func scopes(_ targets: [CordonTarget], width: Int) -> [TextLine] {
    var lines: [TextLine] = []
    for target in targets {
      let text = words(target) + (target == targets.last ? "" : ", ")
      if let last = lines.last, last.width + columns(of: text) <= width {
        lines[lines.count - 1].add(text, .marked)
      } else {
        lines.append(TextLine("  ").appending(text, .marked))
      }
    }
    guard lines.count > 4 else { return lines }
    return lines.prefix(3) + [
      TextLine("  and \(lines.count - 3) lines more of them, \(targets.count) in all", .warning)
    ]
  }

  private func ending(_ cordons: [Cordon]) -> [TextLine] {
    var lines = cordons.prefix(6).map { cordon in
      TextLine("  \(cordon.kind.rawValue) by \(cordon.holder): ", .drained).appending(cordon.reason)
        .appending("  \(cordon.target)", .strong)
        .appending("  \(countdownText(cordon.expires - state.now)) left", .dim)
    }
    if cordons.count > 6 { lines.append(TextLine("  and \(cordons.count - 6) orders more", .warning)) }
    return lines + [TextLine()]
  }
}
