import Terminal

/// The last line: what the keys do here, or the line being typed.
struct HintsView {
  let state: DashboardState
  let glyphs: Glyphs

  func line(width: Int) -> TextLine {
    if let prompt = state.prompt { return typed(prompt) }
    let bindings = state.options.bindings.bindings.filter { $0.hint != nil }
    var actions = contextual
    // What leads out must not be cut off: it is placed first and drawn last.
    var line = TextLine(" ")
    let tail = [Action.help, .quit]
    actions.removeAll { tail.contains($0) }
    func piece(_ action: Action) -> TextLine? {
      guard let binding = bindings.first(where: { $0.action == action }), let key = binding.keys.first else {
        return nil
      }
      let isOff = binding.group == .act && state.options.readOnly != nil
      var piece = TextLine(key.text(glyphs), isOff ? .disabled : .key)
      piece.add(" \(binding.hint ?? "")  ", isOff ? .disabled : .hint)
      return piece
    }
    let ending = tail.compactMap(piece)
    let reserved = ending.reduce(0) { $0 + $1.width }
    var status = TextLine()
    if state.isFiltering {
      let text = (state.onlyUnhealthy ? "!" : "") + (state.filterText.isEmpty ? "" : "/" + state.filterText)
      status.add(" \(truncated(text, to: max(6, width / 4))) ", .match)
      status.add(" Esc ", .key)
      status.add("clears  ", .hint)
    }
    line.add(status)
    for action in actions {
      guard let next = piece(action), line.width + next.width + reserved <= width else { continue }
      line.add(next)
    }
    for part in ending where line.width + part.width <= width + 2 { line.add(part) }
    if let reason = state.options.readOnly, width - line.width > 24 {
      line.add("actions are off: \(reason)", .warning)
    }
    return line
  }

  private var contextual: [Action] {
    if state.memory.moment != nil { return [.stepBack, .stepForward, .play, .open, .filter, .command] }
    return switch state.view {
    case .services, .clusters: [.open, .filter, .sort, .command]
    case .timeline: [.open, .stepBack, .command]
    case .trace: [.trace, .command]
    case .records: [.trace, .nextService, .reconcile, .command]
    case .tree:
      state.pane == .trace
        ? [.trace, .copy, .filter, .command]
        : [.drain, .cordon, .uncordon, .reconcile, .trace, .filter, .onlyUnhealthy, .open, .command]
          + (state.summaries.count > 1 ? [.nextService] : [])
    }
  }

  private func typed(_ prompt: Prompt) -> TextLine {
    var line = TextLine(prompt.purpose == .filter ? " / " : " : ", .key)
    line.add(fieldPiece(prompt.field, isFocused: true, width: 36, glyphs: glyphs))
    let help =
      prompt.purpose == .filter
      ? "  text  !text  /pattern/  health=down  region=eu   Enter keeps  Esc drops"
      : "  drain zone/NAME  chaos …  quit   Enter does it  Esc drops"
    line.add(help, .hint)
    return line
  }
}

/// A field with its cursor as a reversed cell; a long text shows the part around the cursor.
func fieldPiece(_ field: InputField, isFocused: Bool, width: Int, glyphs: Glyphs) -> TextLine {
  let start = max(0, field.cursor - width + 2)
  let shown = field.characters.dropFirst(start)
  var line = TextLine()
  guard isFocused else {
    line.add(padded(field.text, to: width), .input)
    return line
  }
  let before = String(shown.prefix(field.cursor - start))
  let at = field.cursor < field.characters.count ? String(field.characters[field.cursor]) : " "
  let after = String(shown.dropFirst(field.cursor - start + 1))
  line.add(before, .input)
  line.add(at, .buttonFocus)
  line.add(padded(after, to: max(0, width - columns(of: before) - columns(of: at))), .input)
  return line
}
