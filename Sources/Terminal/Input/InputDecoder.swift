/// Makes events of what the terminal sends: control characters get names, pasted text becomes one event, Escape and a
/// key that arrive in one piece are a chord and not two keys, two quick presses at one place a double click.
///
/// Pure: time is passed in, as a reading of a monotonic clock.
struct InputDecoder {
  /// The most bytes of a paste that are kept; what follows is dropped.
  static let pasteLimit = 65_536
  static let doubleClickTime = Duration.milliseconds(400)

  private var paste: String?
  private var escapePending = false
  private var lastPress: (position: Point, time: Duration)?

  /// Whether a paste has begun and not ended.
  var isPasting: Bool { paste != nil }

  /// Takes one input and says what it means, if it means something already.
  mutating func decode(_ input: RawInput, at now: Duration) -> [InputEvent] {
    if paste != nil, input != .pasteEnd {
      if case .scalar(let value) = input { collect(value) }
      return []
    }
    switch input {
    case .pasteBegin:
      let events = flush()
      paste = ""
      return events
    case .pasteEnd: return endPaste()
    case .focus(let gained): return flush() + [.focus(gained)]
    case .mouse(let action, let position): return flush() + [.mouse(click(action, position, now))]
    case .key(let key): return flush() + [.key(key)]
    case .scalar(27):
      let events = flush()
      escapePending = true
      return events
    case .scalar(let value):
      guard let key = Self.key(value) else { return flush() }
      guard escapePending else { return [.key(key)] }
      escapePending = false
      if case .character(let character) = key { return [.key(.alt(character))] }
      return [.key(.escape), .key(key)]
    }
  }

  /// Nothing more is waiting: an Escape that stood alone is the Escape key.
  mutating func flush() -> [InputEvent] {
    guard escapePending else { return [] }
    escapePending = false
    return [.key(.escape)]
  }

  /// Ends a paste: at its closing sequence, or when a terminal that began one has long been silent.
  mutating func endPaste() -> [InputEvent] {
    guard let text = paste else { return [] }
    paste = nil
    return text.isEmpty ? [] : [.paste(text)]
  }

  private mutating func collect(_ value: UInt32) {
    guard let count = paste?.utf8.count, count < Self.pasteLimit else { return }
    if value == 9 || value == 10 || value == 13 {
      paste?.append(" ")
    } else if let scalar = Unicode.Scalar(ScalarWidth.measure(value).scalar) {
      paste?.unicodeScalars.append(scalar)
    }
  }

  private mutating func click(_ action: Mouse.Action, _ position: Point, _ now: Duration) -> Mouse {
    guard action == .press else { return Mouse(action: action, position: position) }
    if let last = lastPress, last.position == position, now - last.time <= Self.doubleClickTime {
      lastPress = nil
      return Mouse(action: .doubleClick, position: position)
    }
    lastPress = (position, now)
    return Mouse(action: .press, position: position)
  }

  private static func key(_ value: UInt32) -> Key? {
    switch value {
    case 8, 127: return .backspace
    case 9: return .tab
    case 10, 13: return .enter
    case 0: return .control(" ")
    case 1...26: return Unicode.Scalar(value + 0x60).map { .control(Character($0)) }
    case 28...31: return Unicode.Scalar(value + 0x40).map { .control(Character($0)) }
    default:
      let measured = ScalarWidth.measure(value)
      guard measured.scalar == value, measured.columns > 0 else { return nil }
      return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }
}
