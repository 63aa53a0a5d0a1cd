/// A frame as lines of text, with escape sequences where there are colours; what `--once` prints.
package enum FrameText {
  /// The frame's rows, each ended by a newline. Without colours plain text, its trailing spaces cut.
  ///
  /// - Parameter ascii: Draws signs that terminals without Unicode lack by their stand-ins.
  package static func render(_ frame: CellGrid, colors: ColorMode, ascii: Bool = false) -> String {
    var text = ""
    for row in 0..<frame.size.rows {
      var line = ""
      var last: PackedStyle?
      for column in 0..<frame.size.columns {
        let cell = frame[column, row]
        if colors != .none, cell.packedStyle != last {
          line += sequence(cell.style, colors: colors)
          last = cell.packedStyle
        }
        line += ascii ? asciiText(frame.text(of: cell)) : frame.text(of: cell)
      }
      if colors == .none {
        while line.last == " " { line.removeLast() }
      } else {
        line += "\u{1B}[0m"
      }
      text += line + "\n"
    }
    return text
  }

  private static func asciiText(_ glyph: String) -> String {
    guard let scalar = glyph.unicodeScalars.first, let drawn = Unicode.Scalar(Glyphs.ascii(for: scalar.value)) else {
      return ""
    }
    return String(Character(drawn)) + (ScalarWidth.isWide(scalar.value) ? " " : "")
  }

  /// The sequence that sets a style from nothing (ECMA-48 SGR).
  static func sequence(_ style: Style, colors: ColorMode) -> String {
    var codes = ["0"]
    let numbers = Palette.numbers(style, mode: colors)
    var attributes = colors == .none ? style.colorless : style.attributes
    if numbers.isBold { attributes.insert(.bold) }
    let ground =
      code(numbers.foreground, colors: colors, base: 30) + code(numbers.background, colors: colors, base: 40)
    let flags: [(Style.Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    codes += flags.filter { attributes.contains($0.0) }.map(\.1)
    return "\u{1B}[" + (codes + ground).joined(separator: ";") + "m"
  }

  private static func code(_ number: Int, colors: ColorMode, base: Int) -> [String] {
    guard number >= 0 else { return [] }
    switch colors {
    case .direct: return ["\(base + 8);2;\(number >> 16);\(number >> 8 & 255);\(number & 255)"]
    case .palette256: return ["\(base + 8);5;\(number)"]
    default: return ["\(number < 8 ? base + number : base + 60 + number - 8)"]
    }
  }
}
