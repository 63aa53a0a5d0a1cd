import Terminal

/// The last line: what the keys do here, or the line being typed.
struct HintsView {
  let state: DashboardState
  let glyphs: Glyphs

  func line(width: Int) -> TextLine { built(width: width).line }

  /// Which hint stands at a column.
  func action(at column: Int, width: Int) -> Action? {
    built(width: width).places.first { $0.columns.contains(column) }?.action
  }

  private func built(width: Int) -> (line: TextLine, places: [(columns: Range<Int>, action: Action)]) {
    if let prompt = state.prompt { return (typed(prompt, width: width), []) }
    var places: [(columns: Range<Int>, action: Action)] = []
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
      places.append((line.width..<(line.width + next.width - 2), action))
      line.add(next)
    }
    for (part, action) in zip(ending, tail) where line.width + part.width <= width + 2 {
      places.append((line.width..<(line.width + part.width - 2), action))
      line.add(part)
    }
    if let reason = state.options.readOnly, width - line.width > 24 {
      line.add("actions are off: \(reason)", .warning)
    }
    return (line, places)
  }

  private var contextual: [Action] {
    if state.memory.moment != nil { return [.stepBack, .stepForward, .play, .open, .filter, .command] }
    return switch state.view {
    case .services: [.open, .filter, .onlyUnhealthy, .sort, .nextPane, .command]
    case .clusters: [.drain, .cordon, .uncordon, .open, .filter, .onlyUnhealthy, .sort, .nextPane, .command]
    case .doctor: [.filter, .onlyUnhealthy, .sort, .copy, .nextPane, .command]
    case .timeline: [.open, .stepBack, .command]
    case .trace: [.trace, .command]
    case .records: [.plan, .reconcile, .trace, .nextService, .filter, .sort, .command]
    case .tree:
      state.pane == .trace
        ? [.trace, .copy, .filter, .command]
        : (state.marks.isEmpty ? [] : [.whatIf]) + [
          .drain, .cordon, .uncordon, .reconcile, .trace, .filter, .onlyUnhealthy, .plan, .open, .command,
        ]
          + (state.summaries.count > 1 ? [.nextService] : [])
    }
  }

  private func typed(_ prompt: Prompt, width: Int) -> TextLine {
    var line = TextLine(prompt.purpose == .filter ? " / " : " : ", .key)
    line.add(fieldPiece(prompt.field, isFocused: true, width: 36, glyphs: glyphs))
    line.add("  ")
    if prompt.purpose == .filter {
      line.add("text  !text  /pattern/  health=down  region=eu   Enter keeps  Esc drops", .hint)
      return line
    }
    let text = prompt.round?.line ?? prompt.field.text
    let choices = state.completions(of: text)
    if text.isEmpty {
      line.add("drain zone/NAME  trace NAME  doctor  quit   Tab completes  Up recalls  Esc drops", .hint)
    } else if choices.isEmpty {
      line.add("Enter does it  Esc drops", .hint)
    } else {
      // The verb that is whole is explained; else what it could become.
      if choices.count == 1, let verb = CommandVerb.named(choices[0]) {
        line.add("\(verb.name) \(verb.argument.rawValue) ", .key)
        line.add(verb.help, .hint)
        return line
      }
      for choice in choices where line.width + choice.count + 2 <= width { line.add(choice + "  ", .hint) }
    }
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
