/// A kind of terminal that frames are compared on: what the program is told of it, and what a printed frame must be
/// asked for to be the same.
struct ShownTerminal: Sendable, CustomStringConvertible {
  var description: String
  /// What the program finds in its environment.
  var environment: [String]
  /// Options of `zonetop replay --once` that make its text what this terminal shows.
  var printing: [String]
  /// Attributes (ECMA-48 SGR) that its description lacks, so that ncurses leaves them out.
  var lacks: Set<Int> = []

  private static let italic = 3

  static let all = [
    ShownTerminal(
      description: "256 colours", environment: ["TERM=tmux-256color", "LC_ALL=C.UTF-8"], printing: ["--colors", "256"]),
    // The descriptions of screen have no sitm: its code for italic is the one of its standout. Plain C says nothing of
    // the terminal, and the program speaks UTF-8 all the same.
    ShownTerminal(
      description: "256 colours, no italic, LC_ALL=C", environment: ["TERM=screen-256color", "LC_ALL=C"],
      printing: ["--colors", "256"], lacks: [italic]),
    ShownTerminal(
      description: "8 colours", environment: ["TERM=screen", "LC_ALL=C.UTF-8"], printing: ["--colors", "8"],
      lacks: [italic]),
    ShownTerminal(
      description: "a locale of another character set", environment: ["TERM=tmux-256color", "LC_ALL=de_DE.ISO-8859-1"],
      printing: ["--colors", "256", "--ascii"]),
  ]
}
