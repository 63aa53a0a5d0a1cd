extension Role {
  /// The role whose look this one takes where a theme leaves it out; its own may be left out too.
  ///
  /// States: `ok → text`; `degraded`, `held → warning → strong → text`; `down → error → warning`; `drained → accent →
  /// strong`; `stale → dim → text`. Grounds: `button → input → card → background`; `header → background`; `production →
  /// buttonFocus → selection`; `toast`, `match → selection`. A selection that nobody describes is text in reverse.
  package var fallback: Role? {
    switch self {
    case .background, .text, .selection: nil
    case .dim, .strong, .ok, .hint: .text
    case .border, .stale, .disabled: .dim
    case .title, .accent, .warning: .strong
    case .focus, .drained, .marked, .key, .graph: .accent
    case .degraded, .held, .error: .warning
    case .down, .removed: .error
    case .added: .ok
    case .header, .card: .background
    case .input: .card
    case .button: .input
    case .production: .buttonFocus
    case .buttonFocus, .match, .toast: .selection
    }
  }
}
