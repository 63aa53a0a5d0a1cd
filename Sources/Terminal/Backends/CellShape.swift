/// The glyphs that are drawn as shapes: light frames, bars and the light shade.
enum CellShape {
  /// Closed SVG subpaths for a glyph in the cell at `x`, `y`; nil for glyphs that are text.
  static func path(_ glyph: UInt32, x: Int, y: Int) -> String? {
    let (width, height) = (FrameDrawing.cellWidth, FrameDrawing.cellHeight)
    if let arms = arms[glyph] {
      let (middle, center) = (x + width / 2, y + height / 2)
      var path = ""
      if arms.contains(.left) { path += box(x, center, middle + 1 - x, 1) }
      if arms.contains(.right) { path += box(middle, center, x + width - middle, 1) }
      if arms.contains(.up) { path += box(middle, y, 1, center + 1 - y) }
      if arms.contains(.down) { path += box(middle, center, 1, y + height - center) }
      return path
    }
    if (0x2581...0x2588).contains(glyph) {
      let part = (Int(glyph - 0x2580) * height + 7) / 8
      return box(x, y + height - part, width, part)
    }
    if glyph == 0x2591 {
      var path = ""
      for row in stride(from: 1, to: height, by: 4) {
        for column in stride(from: row % 8 == 1 ? 1 : 4, to: width, by: 6) { path += box(x + column, y + row, 1, 1) }
      }
      return path
    }
    return nil
  }

  private static func box(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> String {
    "M\(x) \(y)h\(width)v\(height)h-\(width)z"
  }

  private struct Arms: OptionSet {
    let rawValue: UInt8
    static let left = Arms(rawValue: 1)
    static let right = Arms(rawValue: 2)
    static let up = Arms(rawValue: 4)
    static let down = Arms(rawValue: 8)
  }

  private static let arms: [UInt32: Arms] = [
    0x2500: [.left, .right], 0x2502: [.up, .down], 0x250C: [.right, .down], 0x2510: [.left, .down],
    0x2514: [.right, .up], 0x2518: [.left, .up], 0x251C: [.right, .up, .down], 0x2524: [.left, .up, .down],
    0x252C: [.left, .right, .down], 0x2534: [.left, .right, .up], 0x253C: [.left, .right, .up, .down],
  ]
}
