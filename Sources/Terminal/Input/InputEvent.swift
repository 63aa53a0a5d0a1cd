/// What came from the person at the terminal.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// Pasted text (bracketed paste), cleaned: one line, no control characters. Never to be read as keys.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
  /// The terminal's window got or lost the focus, where the terminal says so.
  case focus(Bool)
}

/// A key press.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Control and a letter, lower-cased: `.control("l")`. Control-Z never arrives: the screen suspends itself.
  case control(Character)
  /// Alt (or Meta) and a character; what Escape and a key sent in one piece look like.
  case alt(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  case function(Int)
}

/// A press, release or turn of the wheel at a cell.
package struct Mouse: Hashable, Sendable {
  package enum Action: Hashable, Sendable { case press, release, doubleClick, wheelUp, wheelDown }
  package var action: Action
  package var position: Point

  package init(action: Action, position: Point) {
    self.action = action
    self.position = position
  }
}
