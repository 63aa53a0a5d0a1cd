extension Theme {
  /// The theme for bright terminals. `Themes/light.yaml` says the same.
  package static let light = Theme(
    name: "light",
    styles: [
      .background: Style(foreground: Color(0x1F2328, .black), background: Color(0xFFFFFF, .brightWhite)),
      .text: Style(foreground: Color(0x1F2328, .black)),
      .dim: Style(foreground: Color(0x59636E, .brightBlack), colorless: .dim),
      .strong: Style(foreground: Color(0x010409, .black), attributes: .bold),
      .border: Style(foreground: Color(0xAFB8C1, .white)),
      .focus: Style(foreground: Color(0x0969DA, .blue), colorless: .bold),
      .title: Style(foreground: Color(0x010409, .black), attributes: .bold),
      .header: Style(foreground: Color(0x010409, .black), background: Color(0xEAEEF2, .white), attributes: .bold),
      .production: Style(
        foreground: Color(0xFFFFFF, .brightWhite), background: Color(0xA40E26, .red), attributes: .bold,
        colorless: [.bold, .reverse]),
      .ok: Style(foreground: Color(0x116329, .green)),
      .degraded: Style(foreground: Color(0x7D4E00, .yellow), colorless: .bold),
      .down: Style(foreground: Color(0xB31D28, .red), attributes: .bold),
      .drained: Style(foreground: Color(0x6E35C8, .magenta), colorless: .underline),
      .stale: Style(foreground: Color(0x4F5963, .brightBlack), attributes: .italic, colorless: .dim),
      .held: Style(foreground: Color(0xA03B00, .brightRed), colorless: .bold),
      .selection: Style(foreground: Color(0x010409, .black), background: Color(0xD0E6FF, .cyan), colorless: .reverse),
      .marked: Style(foreground: Color(0x0550AE, .blue), attributes: .bold),
      .match: Style(foreground: Color(0x010409, .black), background: Color(0xFFE08A, .yellow), colorless: .underline),
      .key: Style(foreground: Color(0x0550AE, .blue), attributes: .bold),
      .hint: Style(foreground: Color(0x4F5963, .brightBlack)),
      .disabled: Style(foreground: Color(0x818B98, .white), colorless: .dim),
      .accent: Style(foreground: Color(0x0969DA, .blue), colorless: .bold),
      .warning: Style(foreground: Color(0x7D4E00, .yellow), attributes: .bold),
      .error: Style(foreground: Color(0xB31D28, .red), attributes: .bold),
      .added: Style(foreground: Color(0x116329, .green)),
      .removed: Style(foreground: Color(0xB31D28, .red), colorless: .dim),
      .graph: Style(foreground: Color(0x0B6E75, .cyan)),
      .card: Style(foreground: Color(0x1F2328, .black), background: Color(0xF3F5F7, .white)),
      .input: Style(foreground: Color(0x010409, .black), background: Color(0xDDE3E9, .white), colorless: .underline),
      .button: Style(foreground: Color(0x1F2328, .black), background: Color(0xD8DEE4, .white)),
      .buttonFocus: Style(
        foreground: Color(0xFFFFFF, .brightWhite), background: Color(0x0969DA, .blue), attributes: .bold,
        colorless: [.bold, .reverse]),
      .toast: Style(foreground: Color(0x010409, .black), background: Color(0xD0E6FF, .cyan), colorless: .reverse),
    ])
}
