/// The signs the screen is made of, each one column wide: one table for terminals that show Unicode, one for the rest.
/// Both hold the same fields, so that a view never asks which it draws with. No emoji.
package struct Glyphs: Hashable, Sendable {
  package var border: Border
  package var state: State
  /// Eight heights, lowest first.
  package var bars: [String]
  package var folded: String
  package var unfolded: String
  /// Stands before the selected row.
  package var cursor: String
  /// Stands before a marked row.
  package var mark: String
  package var ellipsis: String
  /// Separates facts in a line.
  package var dot: String
  package var times: String
  package var minus: String
  package var equal: String
  package var different: String
  package var leads: String
  package var down: String
  package var up: String
  package var end: String
  package var leader: String
  package var enter: String
  package var hatch: String
  package var spinner: [String]

  /// The parts of a frame.
  package struct Border: Hashable, Sendable {
    package var horizontal: String
    package var vertical: String
    package var topLeft: String
    package var topRight: String
    package var bottomLeft: String
    package var bottomRight: String
    package var teeLeft: String
    package var teeRight: String
    package var teeTop: String
    package var teeBottom: String
    package var cross: String
  }

  /// The sign of each state; the letters beside it are the view's.
  package struct State: Hashable, Sendable {
    package var ok: String
    package var degraded: String
    package var down: String
    package var drained: String
    package var stale: String
    package var held: String
  }

  package static let unicode = Glyphs(
    border: Border(
      horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└", bottomRight: "┘", teeLeft: "├",
      teeRight: "┤", teeTop: "┬", teeBottom: "┴", cross: "┼"),
    state: State(ok: "✔", degraded: "▲", down: "✖", drained: "▼", stale: "?", held: "■"),
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    folded: "▸", unfolded: "▾", cursor: "›", mark: "◆", ellipsis: "…", dot: "·", times: "×", minus: "−", equal: "=",
    different: "≠", leads: "→", down: "↓", up: "↑", end: "■", leader: "●", enter: "↵", hatch: "░",
    spinner: ["◐", "◓", "◑", "◒"])

  package static let ascii = Glyphs(
    border: Border(
      horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+", bottomRight: "+", teeLeft: "+",
      teeRight: "+", teeTop: "+", teeBottom: "+", cross: "+"),
    state: State(ok: "+", degraded: "^", down: "x", drained: "v", stale: "?", held: "#"),
    bars: ["_", ".", "-", ":", "=", "+", "%", "#"],
    folded: ">", unfolded: "v", cursor: ">", mark: "*", ellipsis: "~", dot: "-", times: "x", minus: "-", equal: "=",
    different: "!", leads: ">", down: "v", up: "^", end: "#", leader: "*", enter: "<", hatch: ":",
    spinner: ["|", "/", "-", "\\"])
}

extension Glyphs {
  /// `samples` as bars, one column each, scaled to `highest` (their own maximum where nil).
  package func sparkline(_ samples: some Sequence<Double>, highest: Double? = nil) -> String {
    let values = Array(samples)
    let top = highest ?? values.max() ?? 0
    return values.map { value in
      guard top > 0, value > 0 else { return bars[0] }
      let step = (value / top * Double(bars.count)).rounded(.up)
      return bars[Int(Swift.min(Swift.max(step, 1), Double(bars.count))) - 1]
    }.joined()
  }
}
