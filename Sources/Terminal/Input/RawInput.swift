/// One thing read from the terminal, before it has a meaning; what the ncurses shim hands over.
enum RawInput: Hashable, Sendable {
  /// A scalar as typed, control characters included.
  case scalar(UInt32)
  case key(Key)
  case pasteBegin, pasteEnd
  case focus(Bool)
  case mouse(Mouse.Action, Point)
}
