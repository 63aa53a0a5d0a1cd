import Control
import Federation
import Terminal

/// Takes one message into the state and says what the world has to do for it. Pure: no clock, no I/O.
package func reduce(_ state: inout DashboardState, _ message: Message) -> [Effect] {
  var effects: [Effect] = []
  switch message {
  case .tick(let now): state.tick(now)
  case .input(let event): effects = state.handle(event)
  case .snapshot(let snapshot): state.see(snapshot)
  case .traced(let trace): state.tracing.receive(trace, now: state.now)
  case .previewed(let preview): state.receive(preview)
  case .performed(let intent, let result): state.receive(result, of: intent)
  case .notice(let kind, let text): state.toast(kind, text)
  }
  state.remember(message, effects)
  if state.memory.moment != nil {
    effects = state.answeredByReplay(effects)
    state.showRecordedTrace()
    return effects
  }
  if let name = state.tracedName, let type = state.tracing.question(about: name, now: state.now) {
    effects.append(.trace(name.name, type))
  }
  return effects
}

extension DashboardState {
  mutating func tick(_ time: Timestamp) {
    // A clock that is set back must not give a card more or less time on screen.
    let former = now
    now = max(now, time)
    play(for: now - former)
    toasts.removeAll { $0.until <= now }
  }

  mutating func toast(_ kind: Toast.Kind, _ text: String) {
    toasts.append(Toast(kind: kind, text: cleanText(text, limit: 300), until: now + Toast.lifetime(of: kind)))
    if toasts.count > 4 { toasts.removeFirst() }
  }

  /// Says why nothing happened; true when nothing may be changed from here.
  mutating func refusesToAct() -> Bool {
    guard let reason = memory.refusal ?? options.readOnly else { return false }
    toast(.warning, "nothing is changed from here: \(reason)")
    return true
  }

  fileprivate mutating func handle(_ event: InputEvent) -> [Effect] {
    switch event {
    case .key, .mouse, .paste: isTouched = true
    case .resize, .focus: break
    }
    switch event {
    case .key(let key): return handle(key)
    case .paste(let text):
      paste(text)
      return []
    case .mouse(let mouse):
      handle(mouse)
      return []
    case .resize(let size):
      self.size = Size(columns: max(0, min(size.columns, 2_000)), rows: max(0, min(size.rows, 2_000)))
      scrollToSelection()
      return []
    case .focus: return []
    }
  }

  private mutating func handle(_ key: Key) -> [Effect] {
    // Leaving and mending the screen work everywhere.
    if key == .control("l") { return [.redraw] }
    if key == .control("c"), prompt == nil { return card == nil ? [.quit] : closeCard() }
    if card != nil { return handleInCard(key) }
    if prompt != nil { return handleInPrompt(key) }
    if helpTop != nil {
      handleInHelp(key)
      return []
    }
    guard let action = options.bindings.action(for: key) else { return [] }
    return perform(action)
  }

  private mutating func handleInHelp(_ key: Key) {
    switch options.bindings.action(for: key) {
    case .up: helpTop = max(0, (helpTop ?? 0) - 1)
    case .down: helpTop = min(helpBottom, (helpTop ?? 0) + 1)
    case .pageUp: helpTop = max(0, (helpTop ?? 0) - size.rows / 2)
    case .pageDown: helpTop = min(helpBottom, (helpTop ?? 0) + size.rows / 2)
    default: helpTop = nil
    }
  }

  private var helpBottom: Int { max(0, options.bindings.bindings.count + 16 - size.rows) }

  /// Pasted text goes into a field that has the focus, and nowhere else.
  private mutating func paste(_ text: String) {
    if card != nil {
      guard isCardOpenForKeys else { return }
      editCardField { $0.insert(text) }
    } else if prompt != nil {
      prompt?.field.insert(text)
      applyPromptAsTyped()
    }
  }

  private mutating func handle(_ mouse: Mouse) {
    guard card == nil, helpTop == nil, prompt == nil else { return }
    let layout = layout
    switch mouse.action {
    case .wheelUp, .wheelDown:
      let step = mouse.action == .wheelUp ? -3 : 3
      if let trace = layout.trace, trace.contains(mouse.position) {
        scrollTrace(step)
      } else if let events = layout.events, events.contains(mouse.position) {
        scrollEvents(step)
      } else {
        move(by: step)
      }
    case .press, .doubleClick:
      if let trace = layout.trace, trace.contains(mouse.position) { pane = .trace }
      if let events = layout.events, events.contains(mouse.position) { pane = .events }
      let area = layout.content(of: layout.places)
      guard area.contains(mouse.position), view == .tree else { return }
      pane = .places
      let row = top + mouse.position.row - area.origin.row
      guard rows.indices.contains(row) else { return }
      select(row)
      let place = tree.places[rows[row]]
      let foldColumn = area.origin.column + 2 + 2 * place.depth
      if mouse.action == .doubleClick || mouse.position.column == foldColumn { toggleFold() }
    case .release: break
    }
  }
}
