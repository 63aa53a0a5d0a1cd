extension Theme {
  /// The themes that need no file; the first is the one nobody has to choose.
  package static let builtIn: [Theme] = [.dark, .light]

  /// The theme for dark terminals. `Themes/dark.yaml` says the same; a test holds them together.
  package static let dark = Theme(
    name: "dark",
    styles: [
      .background: Style(foreground: Color(0xC9D1D9, .white), background: Color(0x0D1117, .black)),
      .text: Style(foreground: Color(0xC9D1D9, .white)),
      .dim: Style(foreground: Color(0x8B949E, .white), colorless: .dim),
      .strong: Style(foreground: Color(0xF0F6FC, .brightWhite), attributes: .bold),
      .border: Style(foreground: Color(0x484F58, .brightBlack)),
      .focus: Style(foreground: Color(0x58A6FF, .brightBlue), colorless: .bold),
      .title: Style(foreground: Color(0xF0F6FC, .brightWhite), attributes: .bold),
      .header: Style(
        foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x161B22, .black), attributes: .bold),
      .production: Style(
        foreground: Color(0xFFFFFF, .brightWhite), background: Color(0xA40E26, .red), attributes: .bold,
        colorless: [.bold, .reverse]),
      .ok: Style(foreground: Color(0x3FB950, .green)),
      .degraded: Style(foreground: Color(0xD8A21B, .yellow), colorless: .bold),
      .down: Style(foreground: Color(0xFF7B72, .brightRed), attributes: .bold),
      .drained: Style(foreground: Color(0xC297FF, .magenta), colorless: .underline),
      .stale: Style(foreground: Color(0x9DA7B1, .white), attributes: .italic, colorless: .dim),
      .held: Style(foreground: Color(0xF0883E, .brightYellow), colorless: .bold),
      .selection: Style(
        foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x18304F, .blue), colorless: .reverse),
      .marked: Style(foreground: Color(0x79C0FF, .brightCyan), attributes: .bold),
      .match: Style(foreground: Color(0x0D1117, .black), background: Color(0xE3B341, .yellow), colorless: .underline),
      .key: Style(foreground: Color(0x79C0FF, .brightCyan), attributes: .bold),
      .hint: Style(foreground: Color(0x9DA7B1, .white)),
      .disabled: Style(foreground: Color(0x6E7681, .brightBlack), colorless: .dim),
      .accent: Style(foreground: Color(0x58A6FF, .brightBlue), colorless: .bold),
      .warning: Style(foreground: Color(0xE3B341, .brightYellow), attributes: .bold),
      .error: Style(foreground: Color(0xFF7B72, .brightRed), attributes: .bold),
      .added: Style(foreground: Color(0x56D364, .brightGreen)),
      .removed: Style(foreground: Color(0xFFA198, .brightRed), colorless: .dim),
      .graph: Style(foreground: Color(0x39C5CF, .cyan)),
      .card: Style(foreground: Color(0xC9D1D9, .white), background: Color(0x161B22, .black)),
      .input: Style(
        foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x21262D, .brightBlack), colorless: .underline),
      .button: Style(foreground: Color(0xC9D1D9, .white), background: Color(0x30363D, .brightBlack)),
      .buttonFocus: Style(
        foreground: Color(0x0D1117, .black), background: Color(0x58A6FF, .brightBlue), attributes: .bold,
        colorless: [.bold, .reverse]),
      .toast: Style(
        foreground: Color(0xF0F6FC, .brightWhite), background: Color(0x18304F, .blue), colorless: .reverse),
    ])
}
