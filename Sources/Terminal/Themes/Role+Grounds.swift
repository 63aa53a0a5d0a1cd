extension Role {
  /// The states, which must keep apart.
  package static let states: [Role] = [.ok, .degraded, .down, .drained, .stale, .held]

  /// The grounds that the views show the role on; a ground has its own text on itself.
  package var grounds: [Role] {
    if isGround { return [self] }
    switch self {
    case .border: return [.background]
    case .focus, .disabled: return [.background, .card]
    case .text, .ok, .warning, .error: return [.background, .header, .selection, .card, .toast]
    default: return [.background, .header, .selection, .card]
    }
  }

  /// Whether the role may be harder to read than text: lines, and what does not matter now.
  package var isLesser: Bool {
    switch self {
    case .dim, .disabled, .border, .focus: true
    default: false
    }
  }
}
