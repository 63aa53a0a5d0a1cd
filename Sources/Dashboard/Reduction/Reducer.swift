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
  case .reloaded(let options, _): state.take(options)
  }
  if state.isBellDue {
    state.isBellDue = false
    effects.append(.bell)
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
    memory.rest(now: now)
    play(for: now - former)
    toasts.removeAll { $0.until <= now }
  }

  mutating func toast(_ kind: Toast.Kind, _ text: String) {
    let clean = cleanText(text, limit: 300)
    toasts.append(Toast(kind: kind, text: clean, until: now + Toast.lifetime(of: kind)))
    if toasts.count > 4 { toasts.removeFirst() }
    said.append(Said(time: now, kind: kind, text: clean))
    if said.count > Said.limit { said.removeFirst() }
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
      return handle(mouse)
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
    if sheet != nil {
      handleInSheet(key)
      return []
    }
    guard let action = options.bindings.action(for: key) else { return [] }
    return perform(action)
  }

  private mutating func handleInSheet(_ key: Key) {
    guard let open = sheet else { return }
    let bottom = max(0, SheetView(state: self, glyphs: .unicode).count(open.kind) + 2 - size.rows)
    func scroll(_ step: Int) { sheet?.top = max(0, min(bottom, open.top + step)) }
    switch options.bindings.action(for: key) {
    case .up: scroll(-1)
    case .down: scroll(1)
    case .pageUp: scroll(-size.rows / 2)
    case .pageDown: scroll(size.rows / 2)
    case .top: scroll(-bottom)
    case .bottom: scroll(bottom)
    default: sheet = nil
    }
  }

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
}
