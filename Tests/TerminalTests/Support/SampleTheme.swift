@testable import Terminal

extension Theme {
  /// A theme for tests of what lies below themes: every role has a look, and no rule objects to it.
  static let sample = Theme(name: "sample", styles: sampleStyles)

  static let sampleStyles: [Role: Style] = [
    .background: Style(foreground: Color(0xC9D1D9, .white), background: Color(0x0D1117, .black)),
    .text: Style(foreground: Color(0xC9D1D9, .white)),
    .dim: Style(foreground: Color(0x8B949E, .white), colorless: .dim),
    .strong: Style(foreground: Color(0xF0F6FC, .brightWhite), attributes: .bold),
    .border: Style(foreground: Color(0x626A73, .brightBlack)),
    .ok: Style(foreground: Color(0x3FB950, .green)),
    .degraded: Style(foreground: Color(0xF7CC45, .brightYellow), colorless: .underline),
    .down: Style(foreground: Color(0xFF7B74, .brightRed), attributes: .bold),
    .drained: Style(foreground: Color(0xC297FF, .brightMagenta), colorless: [.dim, .underline]),
    .stale: Style(foreground: Color(0x9DA7B1, .white), attributes: .italic, colorless: .dim),
    .held: Style(foreground: Color(0xF0883E, .yellow), attributes: .underline, colorless: [.bold, .underline]),
    .header: Style(
      foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x161B22, .black), attributes: .bold),
    .selection: Style(
      foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x18304F, .blue), colorless: .reverse),
    .match: Style(
      foreground: Color(0x0D1117, .black), background: Color(0xE3B341, .yellow), colorless: .underline),
    .accent: Style(foreground: Color(0x58A6FF, .brightCyan), colorless: .bold),
    .warning: Style(foreground: Color(0xE3B341, .brightYellow), attributes: .bold),
  ]
}
