/// What came from the person at the terminal.
package enum InputEvent: Hashable, Sendable {
  case key(Key)
  /// Pasted text (bracketed paste), cleaned; never to be read as keys.
  case paste(String)
  case mouse(Mouse)
  case resize(Size)
}

/// A key press.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Control and a letter, lower-cased: `.control("l")`.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete
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
