extension Glyphs {
  /// Each sign of the Unicode table beside its stand-in.
  static let pairs: [(unicode: String, ascii: String)] = zip(unicode.all, ascii.all).map { ($0, $1) }

  /// Every sign, in the same order in both tables.
  private var all: [String] {
    let frame = [
      border.horizontal, border.vertical, border.topLeft, border.topRight, border.bottomLeft, border.bottomRight,
      border.teeLeft, border.teeRight, border.teeTop, border.teeBottom, border.cross,
    ]
    let states = [state.ok, state.degraded, state.down, state.drained, state.stale, state.held]
    let signs = [
      folded, unfolded, cursor, mark, ellipsis, dot, times, minus, equal, different, leads, down, up, end, leader,
      enter, hatch,
    ]
    return frame + states + bars + signs + spinner
  }

  /// What a terminal without Unicode shows for a scalar: the stand-in of a sign, else `?`.
  static func ascii(for scalar: UInt32) -> UInt32 {
    if scalar < 0x7F { return scalar }
    return standIns[scalar] ?? 0x3F
  }

  private static let standIns: [UInt32: UInt32] = Dictionary(
    pairs.compactMap { pair in
      guard let from = pair.unicode.unicodeScalars.first, let to = pair.ascii.unicodeScalars.first else { return nil }
      return (from.value, to.value)
    }, uniquingKeysWith: { first, _ in first })
}
