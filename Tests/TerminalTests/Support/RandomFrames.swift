@testable import Terminal

/// A generator that gives the same numbers for the same seed (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Draws random texts, wide, combining and hostile ones among them, at random places of a frame.
func scribble(on frame: inout CellGrid, using generator: inout SeededGenerator) {
  let texts = [
    "zone", "日本語", "e\u{301}a\u{302}", "한글", "✔ OK", "\u{1B}[31m", "\u{202E}x", "─│┌", " ", "a\u{301}\u{302}\u{303}",
  ]
  for _ in 0..<Int.random(in: 0...6, using: &generator) {
    let role = Role.allCases.randomElement(using: &generator) ?? .text
    let point = Point(
      column: .random(in: -3...frame.size.columns, using: &generator),
      row: .random(in: -1...frame.size.rows, using: &generator))
    let area = Rect(
      column: point.column, row: point.row, columns: .random(in: 0...5, using: &generator),
      rows: .random(in: 0...2, using: &generator))
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: frame.fill(area, style: Theme.sample[role])
    case 1: frame.restyle(area) { $0.adding(.underline) }
    case 2:
      var other = CellGrid(size: Size(columns: 4, rows: 1))
      other.write(texts.randomElement(using: &generator) ?? "", at: Point(column: 0, row: 0), style: Theme.sample[role])
      frame.paste(other, at: point)
    default:
      frame.write(
        texts.randomElement(using: &generator) ?? "", at: point, style: Theme.sample[role],
        clip: Bool.random(using: &generator) ? nil : area)
    }
  }
}
