/// How many colours a terminal shows.
package enum ColorMode: Hashable, Sendable {
  case direct, palette256, basic16, basic8, none

  /// The mode for text that goes to a terminal without ncurses.
  ///
  /// - Parameters:
  ///   - environment: `NO_COLOR` (set and not empty: none), `COLORTERM` and `TERM`.
  ///   - isTerminal: Whether the text goes to a terminal at all; elsewhere there are no colours.
  package static func detected(environment: [String: String], isTerminal: Bool) -> ColorMode {
    let term = environment["TERM"] ?? ""
    guard isTerminal, (environment["NO_COLOR"] ?? "").isEmpty, !term.isEmpty, term != "dumb" else { return .none }
    let colorTerm = environment["COLORTERM"] ?? ""
    if colorTerm == "truecolor" || colorTerm == "24bit" || term.hasSuffix("-direct") { return .direct }
    if term.hasSuffix("256color") { return .palette256 }
    return term == "linux" ? .basic8 : .basic16
  }

  /// The mode for a terminal that ncurses says has `colors` colours.
  package static func detected(colors: Int, environment: [String: String]) -> ColorMode {
    guard (environment["NO_COLOR"] ?? "").isEmpty, colors >= 8 else { return .none }
    if colors >= 1 << 24 { return .direct }
    if colors >= 256 { return .palette256 }
    return colors >= 16 ? .basic16 : .basic8
  }
}
