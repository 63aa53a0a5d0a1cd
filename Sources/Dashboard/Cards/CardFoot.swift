import Control
import Federation
import Terminal

/// The fields and the buttons of a card: always on screen.
struct CardFoot {
  let state: DashboardState
  let card: Card
  let glyphs: Glyphs

  func lines(width: Int) -> [TextLine] {
    let isLow = state.size.rows < 16
    var lines = isLow ? [] : [TextLine()]
    if card.isOrder {
      lines.append(fields(width: width))
      if let why = card.typingReason { lines.append(typing(why, width: width)) }
      if !isLow { lines.append(TextLine()) }
    }
    lines.append(buttons(width: width))
    return lines
  }

  private func fields(width: Int) -> TextLine {
    let isWide = width >= 72
    var line = TextLine("because ", .dim)
    line.add(field(card.reason, .reason, width: isWide ? 28 : max(8, width - 26)))
    line.add("  for ", .dim)
    line.add(field(card.span, .span, width: 7))
    guard isWide, let preview = card.preview else { return line }
    let age = ageText(state.now - preview.computed)
    if card.isOld(now: state.now) {
      line.add("  plan \(preview.planHash.prefix(8)) is \(age) old", .warning)
      if width >= 84 { line.add(": r plans again", .warning) }
    } else {
      line.add("  plan \(preview.planHash.prefix(8)), \(age) old", .dim)
    }
    return line
  }

  private func typing(_ why: String, width: Int) -> TextLine {
    var line = TextLine("type \(card.targetName) to confirm: ", .warning)
    let wanted = columns(of: card.targetName) + 2
    line.add(field(card.typed, .typed, width: max(10, min(wanted, width - line.width - 2))))
    return line.appending("  \(why)", .dim)
  }

  private func buttons(width: Int) -> TextLine {
    let isWhatIf = if case .whatIf = card.purpose { true } else { false }
    let word = isWhatIf ? "Close" : "Cancel"
    var line = TextLine(
      card.focus == .cancel ? "[ \(word) ]" : "  \(word)  ", card.focus == .cancel ? .buttonFocus : .button)
    let obstacle = card.obstacle(now: state.now, readOnly: state.options.readOnly)
    line.add("   ")
    if isWhatIf {
      line.add(obstacle ?? "", .warning)
    } else if let obstacle {
      line.add("y \(card.verb)", .disabled)
      line.add(": \(obstacle)", .warning)
    } else if card.focus != .cancel {
      line.add("y \(card.verb)", .disabled)
      line.add(": Enter leaves the field first", .hint)
    } else {
      line.add("y", .key)
      line.add(" \(card.verb) now", .strong)
      let overridden = card.isOrder ? card.overrides.map(\.rawValue).sorted() : []
      if !overridden.isEmpty { line.add(", overriding \(overridden.joined(separator: ", "))", .warning) }
    }
    func hint(_ key: String, _ word: String) {
      guard line.width + key.count + word.count + 4 <= width else { return }
      line.add("   \(key)", .key)
      line.add(" \(word)", .hint)
    }
    if card.isOrder { hint("Tab", "fields") }
    if case .order(.drain) = card.purpose { hint("w", "what else") }
    hint("Y", "copy")
    if !card.isUncordon, card.selectedService != nil {
      hint("a", card.service == nil ? "only this service" : "every service")
    }
    hint("r", "plan again")
    return line
  }

  private func field(_ field: InputField, _ focus: Card.Focus, width: Int) -> TextLine {
    var line = TextLine("[", .dim)
    line.add(fieldPiece(field, isFocused: card.focus == focus, width: width, glyphs: glyphs))
    line.add("]", .dim)
    return line
  }
}
