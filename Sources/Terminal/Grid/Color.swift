/// A 24-bit colour as themes write it, with the name it takes where only sixteen exist. Backends quantise it to what
/// the terminal can show.
package struct Color: Hashable, Sendable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8
  /// The theme's own choice for terminals of 16 colours; nil leaves it to the nearest.
  package var basic: BasicColor?

  package init(red: UInt8, green: UInt8, blue: UInt8, basic: BasicColor? = nil) {
    self.red = red
    self.green = green
    self.blue = blue
    self.basic = basic
  }

  /// A colour from `0xRRGGBB`.
  package init(_ rgb: UInt32, _ basic: BasicColor? = nil) {
    self.init(
      red: UInt8(truncatingIfNeeded: rgb >> 16), green: UInt8(truncatingIfNeeded: rgb >> 8),
      blue: UInt8(truncatingIfNeeded: rgb), basic: basic)
  }

  /// `0xRRGGBB`.
  package var rgb: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

/// The sixteen colours every colour terminal has, in their own order.
package enum BasicColor: String, CaseIterable, Hashable, Sendable {
  case black, red, green, yellow, blue, magenta, cyan, white
  case brightBlack, brightRed, brightGreen, brightYellow, brightBlue, brightMagenta, brightCyan, brightWhite

  /// 0 to 15, as escape sequences and ncurses number them.
  package var number: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Color {
  /// 32 bits for a cell: 0 is the terminal's own colour; the high byte is 1 or, with a basic colour, 2 and its number.
  static func packed(_ color: Color?) -> UInt32 {
    guard let color else { return 0 }
    let marker = color.basic.map { UInt32($0.number) + 2 } ?? 1
    return marker << 24 | color.rgb
  }

  static func unpacked(_ bits: UInt32) -> Color? {
    guard bits != 0 else { return nil }
    let marker = Int(bits >> 24)
    return Color(bits & 0xFF_FFFF, marker >= 2 ? BasicColor.allCases[(marker - 2) & 15] : nil)
  }
}
