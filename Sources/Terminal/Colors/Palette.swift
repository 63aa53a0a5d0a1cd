/// The colours of terminals that have fewer than themes are written in.
enum Palette {
  /// The nearest of colours 16 to 255. The first sixteen are left out, because people give them other colours.
  static func nearest256(_ color: Color) -> Int {
    let steps = [color.red, color.green, color.blue].map { channel in
      levels.indices.min { distance(levels[$0], Int(channel)) < distance(levels[$1], Int(channel)) } ?? 0
    }
    let cube = Color(
      red: UInt8(levels[steps[0]]), green: UInt8(levels[steps[1]]), blue: UInt8(levels[steps[2]]))
    let average = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
    let shade = min(23, max(0, (average - 3) / 10))
    let gray = UInt8(8 + 10 * shade)
    let inCube = distance(color, cube) <= distance(color, Color(red: gray, green: gray, blue: gray))
    return inCube ? 16 + 36 * steps[0] + 6 * steps[1] + steps[2] : 232 + shade
  }

  /// The theme's own choice, else the nearest of the sixteen as xterm shows them.
  static func nearest16(_ color: Color) -> Int {
    if let basic = color.basic { return basic.number }
    return sixteen.indices.min { distance(color, Color(sixteen[$0])) < distance(color, Color(sixteen[$1])) } ?? 7
  }

  /// The numbers of a style's colours in a mode that has some, -1 for the terminal's own. Where the two of a style meet
  /// in one number, the text takes one that can be read.
  static func numbers(_ style: Style, mode: ColorMode) -> ColorNumbers {
    var numbers = ColorNumbers(foreground: -1, background: -1, isBold: false)
    guard mode != .none else { return numbers }
    if let color = style.background { numbers.background = number(color, mode: mode) }
    guard let color = style.foreground else { return numbers }
    numbers.foreground = number(color, mode: mode)
    if mode == .basic8 {
      // Bold black is gray on some terminals and not there on others.
      numbers.isBold = number(color, mode: .basic16) > 8
    }
    if mode != .direct, numbers.foreground == numbers.background, let ground = style.background {
      let isDark = ground.contrast(with: Color(0xFFFFFF)) > ground.contrast(with: Color(0x000000))
      numbers.foreground = number(isDark ? Color(0xE5E5E5, .white) : Color(0x000000, .black), mode: mode)
    }
    return numbers
  }

  private static func number(_ color: Color, mode: ColorMode) -> Int {
    switch mode {
    case .direct: Int(color.rgb)
    case .palette256: nearest256(color)
    case .basic16: nearest16(color)
    case .basic8: nearest16(color) & 7
    case .none: -1
    }
  }

  private static func distance(_ left: Int, _ right: Int) -> Int { (left - right) * (left - right) }

  /// Weighted as the eye does, roughly.
  private static func distance(_ left: Color, _ right: Color) -> Int {
    2 * distance(Int(left.red), Int(right.red)) + 4 * distance(Int(left.green), Int(right.green))
      + 3 * distance(Int(left.blue), Int(right.blue))
  }

  static let levels = [0, 95, 135, 175, 215, 255]
  static let sixteen: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00,
    0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]
}

/// The colours of a style as a terminal numbers them.
struct ColorNumbers: Hashable, Sendable {
  var foreground: Int
  var background: Int
  /// Whether bold must make up for a bright colour that is missing.
  var isBold: Bool
}
