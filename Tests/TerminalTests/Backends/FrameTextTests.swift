import Testing

@testable import Terminal

@Suite("Frames as text")
struct FrameTextTests {
  private func frame() -> CellGrid {
    var frame = CellGrid(size: Size(columns: 8, rows: 2))
    frame.write(
      "✔ 日 é", at: Point(column: 0, row: 0), style: Style(foreground: Color(0x3FB950, .green), attributes: .bold))
    frame.write("\u{1B}[2J", at: Point(column: 0, row: 1), style: .plain)
    return frame
  }

  @Test("Without colours it is plain text without trailing spaces or escapes")
  func plain() {
    #expect(FrameText.render(frame(), colors: .none) == "✔ 日 é\n\u{FFFD}[2J\n")
  }

  @Test("Without Unicode signs have stand-ins and columns stay")
  func ascii() {
    #expect(FrameText.render(frame(), colors: .none, ascii: true) == "+ ?  ?\n?[2J\n")
  }

  @Test("With colours each run sets its style from nothing and each row ends it")
  func colors() {
    let text = FrameText.render(frame(), colors: .direct)
    #expect(text == "\u{1B}[0;1;38;2;63;185;80m✔ 日 é\u{1B}[0m  \u{1B}[0m\n\u{1B}[0m\u{FFFD}[2J    \u{1B}[0m\n")
  }

  @Test(
    "Each mode has its own codes",
    arguments: [
      (.palette256, "\u{1B}[0;4;38;5;71;48;5;16m"), (.basic16, "\u{1B}[0;4;92;40m"), (.basic8, "\u{1B}[0;1;4;32;40m"),
      (.none, "\u{1B}[0;7m"),
    ] as [(ColorMode, String)])
  func codes(mode: ColorMode, expected: String) {
    let style = Style(
      foreground: Color(0x3FB950, .brightGreen), background: Color(0x000000, .black), attributes: .underline,
      colorless: .reverse)
    #expect(FrameText.sequence(style, colors: mode) == expected)
  }
}
