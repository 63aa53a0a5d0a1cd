import Testing

@testable import Terminal

@Suite("Fewer colours")
struct PaletteTests {
  @Test(
    "The nearest of 256 never is one of the sixteen that people change",
    arguments: [
      (0x000000, 16), (0xFFFFFF, 231), (0xFF0000, 196), (0x00FF00, 46), (0x5F87AF, 67), (0x808080, 244),
      (0x0D1117, 233), (0x767676, 243),
    ] as [(UInt32, Int)])
  func nearest256(rgb: UInt32, expected: Int) {
    #expect(Palette.nearest256(Color(rgb)) == expected)
  }

  @Test("Every colour stays within 16 to 255")
  func range() {
    var outside: [UInt32] = []
    for red in stride(from: UInt32(0), through: 255, by: 15) {
      for green in stride(from: UInt32(0), through: 255, by: 15) {
        for blue in stride(from: UInt32(0), through: 255, by: 15) {
          let color = red << 16 | green << 8 | blue
          if !(16...255).contains(Palette.nearest256(Color(color))) { outside.append(color) }
        }
      }
    }
    #expect(outside.isEmpty)
  }

  @Test("Of sixteen the theme's own choice counts, of eight bold makes it bright")
  func sixteen() {
    #expect(Palette.nearest16(Color(0xFF0000)) == 9)
    #expect(Palette.nearest16(Color(0xFF0000, .blue)) == 4)
    #expect(numbers(0xFF0000, nil, .basic8) == ColorNumbers(foreground: 1, background: -1, isBold: true))
    #expect(numbers(0xCD0000, nil, .basic8) == ColorNumbers(foreground: 1, background: -1, isBold: false))
    #expect(numbers(0x123456, 0, .direct) == ColorNumbers(foreground: 0x123456, background: 0, isBold: false))
    #expect(numbers(0x123456, 0, .none) == ColorNumbers(foreground: -1, background: -1, isBold: false))
  }

  private func numbers(_ ink: UInt32, _ paper: UInt32?, _ mode: ColorMode) -> ColorNumbers {
    Palette.numbers(Style(foreground: Color(ink), background: paper.map { Color($0) }), mode: mode)
  }

  @Test("Text never has the colour of its ground", arguments: [ColorMode.palette256, .basic16, .basic8])
  func readable(mode: ColorMode) {
    for theme in [Theme.sample] {
      for ground in Role.allCases where ground.isGround {
        for role in Role.allCases {
          let numbers = Palette.numbers(theme[role, on: ground], mode: mode)
          #expect(numbers.foreground != numbers.background, "\(theme): \(role) on \(ground)")
        }
      }
    }
  }

  @Test("NO_COLOR means none, unless it is empty")
  func noColor() {
    #expect(ColorMode.detected(colors: 1 << 24, environment: ["NO_COLOR": "1"]) == .none)
    #expect(ColorMode.detected(colors: 1 << 24, environment: ["NO_COLOR": ""]) == .direct)
    #expect(ColorMode.detected(colors: 256, environment: [:]) == .palette256)
    #expect(ColorMode.detected(colors: 16, environment: [:]) == .basic16)
    #expect(ColorMode.detected(colors: 8, environment: [:]) == .basic8)
    #expect(ColorMode.detected(colors: 0, environment: [:]) == .none)
  }

  @Test("Printed text has colours only at a terminal that shows them")
  func printed() {
    func mode(_ environment: [String: String], _ isTerminal: Bool = true) -> ColorMode {
      ColorMode.detected(environment: environment, isTerminal: isTerminal)
    }
    #expect(mode(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == .direct)
    #expect(mode(["TERM": "xterm-256color", "COLORTERM": "truecolor"], false) == .none)
    #expect(mode(["TERM": "xterm-256color", "NO_COLOR": "1"]) == .none)
    #expect(mode(["TERM": "xterm-256color"]) == .palette256)
    #expect(mode(["TERM": "xterm"]) == .basic16)
    #expect(mode(["TERM": "linux"]) == .basic8)
    #expect(mode(["TERM": "dumb"]) == .none)
    #expect(mode([:]) == .none)
  }
}
