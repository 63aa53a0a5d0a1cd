/// What a rule objects to in a theme: one line that says what, how much, and what to do.
package enum ThemeObjection: Hashable, Sendable, CustomStringConvertible {
  /// The theme has colours, but its ground or its text is the terminal's own: nobody can say what is read on what.
  case open
  /// A role is hard to read on a ground.
  case contrast(Role, on: Role, ColorMode, ratio: Double, least: Double)
  /// Two states look too much alike to these eyes.
  case alike(Role, Role, ColorMode, Vision, difference: Double)
  /// Two states look the same where there are no colours.
  case sameAttributes(Role, Role)

  package var description: String {
    switch self {
    case .open:
      "background and text leave colours to the terminal while others have some: give background both, or nobody any"
    case .contrast(let role, let ground, let mode, let ratio, let least):
      "\(role == ground ? "\(role)" : "\(role) on \(ground)") has a contrast of \(Self.text(ratio)) \(mode.words), "
        + "\(Self.text(least)) is the least: move the two apart in lightness"
    case .alike(let first, let second, let mode, let vision, let difference):
      "\(first) and \(second) look alike \(mode.words)\(vision == .normal ? "" : " with \(vision)"): they differ by "
        + "\(Self.text(difference)), \(Self.text(Theme.leastDifference)) is the least: change one's lightness or hue"
        + (mode == .basic16 || vision != .normal ? ", or give it another attribute" : "")
    case .sameAttributes(let first, let second):
      "\(first) and \(second) look the same without colours: give one another colorless attribute"
    }
  }

  /// One digit after the point, cut off, so that 4.49 is not said to be 4.5.
  private static func text(_ value: Double) -> String {
    let tenths = Int(value * 10)
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}

extension ColorMode {
  /// Where a rule was broken, as part of a sentence.
  var words: String {
    switch self {
    case .direct: "in full colour"
    case .palette256: "in 256 colours"
    case .basic16: "in 16 colours"
    case .basic8: "in 8 colours"
    case .none: "without colours"
    }
  }
}
