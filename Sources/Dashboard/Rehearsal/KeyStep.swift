import Federation
package import Terminal

/// One step of a key script: characters stand for themselves, other keys between angle brackets.
///
/// `d<Tab>rack power<Enter>` presses d, Tab, types and presses Enter. There are `<Enter>`, `<Esc>`, `<Tab>`, `<S-Tab>`,
/// `<Bksp>`, `<Del>`, `<Ins>`, `<Up>`, `<Down>`, `<Left>`, `<Right>`, `<Home>`, `<End>`, `<PgUp>`, `<PgDn>`, `<Space>`,
/// `<F1>`…, `<C-x>` and `<M-x>` with Control and Alt, `<lt>` for `<`, and `<Wait 500ms>`, which lets time pass.
package enum KeyStep: Hashable, Sendable {
  case key(Key)
  case wait(Duration)

  /// Reads a script.
  package static func steps(_ script: String) throws(KeyScriptError) -> [KeyStep] {
    var steps: [KeyStep] = []
    var rest = Substring(script)
    while let character = rest.popFirst() {
      guard character == "<" else {
        steps.append(.key(.character(character)))
        continue
      }
      guard let end = rest.firstIndex(of: ">") else { throw KeyScriptError(text: cleanText("<" + rest, limit: 40)) }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      guard let step = step(named: name) else { throw KeyScriptError(text: cleanText("<\(name)>", limit: 40)) }
      steps.append(step)
    }
    return steps
  }

  private static func step(named name: String) -> KeyStep? {
    if let key = keys[name.lowercased()] { return .key(key) }
    if name.lowercased().hasPrefix("wait ") { return parsePause(String(name.dropFirst(5))).map(KeyStep.wait) }
    if name.count == 3, let last = name.last {
      if name.hasPrefix("C-") { return .key(.control(Character(last.lowercased()))) }
      if name.hasPrefix("M-") { return .key(.alt(last)) }
    }
    if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...63).contains(number) {
      return .key(.function(number))
    }
    return nil
  }

  private static func parsePause(_ text: String) -> Duration? {
    if text.hasSuffix("ms") { return Int64(text.dropLast(2)).flatMap { $0 > 0 ? .milliseconds($0) : nil } }
    return parseSpan(text)
  }

  private static let keys: [String: Key] = [
    "enter": .enter, "esc": .escape, "tab": .tab, "s-tab": .backTab, "bksp": .backspace, "del": .delete,
    "ins": .insert, "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
    "pgup": .pageUp, "pgdn": .pageDown, "space": .character(" "), "lt": .character("<"),
  ]
}

/// Why a key script cannot be read: one line.
package struct KeyScriptError: Error, Hashable, CustomStringConvertible {
  /// What is no key, cleaned.
  let text: String

  package var description: String {
    "\(text) is no key: write <Enter>, <Esc>, <Tab>, <Up>, <C-l>, <Wait 500ms>, or <lt> for < itself"
  }
}
