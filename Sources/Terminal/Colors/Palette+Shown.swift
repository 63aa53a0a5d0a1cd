extension Palette {
  /// What a terminal of a mode shows for a colour; the sixteen as xterm has them. Without colours the colour itself.
  static func shown(_ color: Color, mode: ColorMode) -> Color {
    switch mode {
    case .direct, .none: return color
    case .basic16, .basic8: return Color(sixteen[mode == .basic8 ? nearest16(color) & 7 : nearest16(color)])
    case .palette256:
      let number = nearest256(color)
      guard number < 232 else {
        let gray = UInt8(8 + 10 * (number - 232))
        return Color(red: gray, green: gray, blue: gray)
      }
      let cube = number - 16
      func level(_ step: Int) -> UInt8 { UInt8(levels[step % 6]) }
      return Color(red: level(cube / 36), green: level(cube / 6), blue: level(cube))
    }
  }

  /// The one of sixteen that an ink takes on a ground so that it can be read: itself, else its lighter or darker sister,
  /// else black or white, so that a state loses its colour rather than take that of another.
  ///
  /// - Parameter least: the contrast that is wanted; where nothing reaches it, the best there is.
  static func legible(_ ink: BasicColor, on ground: BasicColor, least: Double) -> BasicColor {
    let contrasts = contrasts16[ground.number]
    if contrasts[ink.number] >= least { return ink }
    let sister = ink.number ^ 8
    if contrasts[sister] >= least { return BasicColor.allCases[sister] }
    return contrasts[BasicColor.black.number] > contrasts[BasicColor.brightWhite.number] ? .black : .brightWhite
  }

  private static let contrasts16: [[Double]] = sixteen.map { ground in
    sixteen.map { Color($0).contrast(with: Color(ground)) }
  }
}

extension Color {
  /// The colour that a terminal of 256 colours shows for it.
  package var in256: Color { Palette.shown(self, mode: .palette256) }
}
