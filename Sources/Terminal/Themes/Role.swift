/// What something on the screen means; a theme says how that looks. Views name roles, never colours.
package enum Role: String, CaseIterable, Hashable, Sendable {
  /// The screen itself, and ordinary text on it.
  case background, text
  /// Text that may be overlooked, and text that must not.
  case dim, strong
  case border
  /// The border of the pane that has the focus.
  case focus
  case title
  /// The first lines, about the whole federation.
  case header
  /// The name of a production environment.
  case production
  case ok, degraded, down, drained, stale, held
  /// The selected row, marked rows, and what a filter matched.
  case selection, marked, match
  /// Keys and what they do; a binding that does nothing now.
  case key, hint, disabled
  case accent, warning, error
  /// Lines of a plan.
  case added, removed
  case graph
  /// A dialog, its fields and its buttons, and the one that has the focus.
  case card, input, button, buttonFocus
  /// A short notice.
  case toast

  /// Whether the role is a ground that other roles lie on: only these may have a background of their own.
  package var isGround: Bool {
    switch self {
    case .background, .header, .production, .selection, .match, .card, .input, .button, .buttonFocus, .toast: true
    default: false
    }
  }
}
