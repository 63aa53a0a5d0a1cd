import CNcurses

extension RawInput {
  /// Names what the shim read; nil for what has no use here.
  init?(_ input: zt_input) {
    let place = Point(column: Int(input.column), row: Int(input.row))
    switch input.kind {
    case ZT_SCALAR: self = .scalar(input.value)
    case ZT_PASTE_BEGIN: self = .pasteBegin
    case ZT_PASTE_END: self = .pasteEnd
    case ZT_FOCUS_IN: self = .focus(true)
    case ZT_FOCUS_OUT: self = .focus(false)
    case ZT_PRESS: self = .mouse(.press, place)
    case ZT_RELEASE: self = .mouse(.release, place)
    case ZT_WHEEL_UP: self = .mouse(.wheelUp, place)
    case ZT_WHEEL_DOWN: self = .mouse(.wheelDown, place)
    case ZT_KEY:
      guard let key = Self.key(zt_key(input.value)) else { return nil }
      self = .key(key)
    default: return nil
    }
  }

  private static func key(_ key: zt_key) -> Key? {
    switch key {
    case ZT_KEY_UP: .up
    case ZT_KEY_DOWN: .down
    case ZT_KEY_LEFT: .left
    case ZT_KEY_RIGHT: .right
    case ZT_KEY_HOME: .home
    case ZT_KEY_END: .end
    case ZT_KEY_PAGE_UP: .pageUp
    case ZT_KEY_PAGE_DOWN: .pageDown
    case ZT_KEY_ENTER: .enter
    case ZT_KEY_BACK_TAB: .backTab
    case ZT_KEY_BACKSPACE: .backspace
    case ZT_KEY_DELETE: .delete
    case ZT_KEY_INSERT: .insert
    case let other where other.rawValue >= ZT_KEY_FUNCTION.rawValue:
      .function(Int(other.rawValue - ZT_KEY_FUNCTION.rawValue))
    default: nil
    }
  }
}
