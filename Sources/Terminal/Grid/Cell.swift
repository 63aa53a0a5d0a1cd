/// One place of the grid in 16 bytes: a glyph and how it looks. Built by `CellGrid` only, so that a cell never holds a
/// control character.
package struct Cell: Hashable, Sendable {
  /// A scalar; 0 where a wide glyph to the left reaches into this cell; with the high bit an index into the grid's
  /// clusters (a base with combining marks).
  var glyph: UInt32
  var foreground: UInt32
  var background: UInt32
  /// Attributes, and in the second byte those for terminals without colours.
  var attributes: UInt32

  static let clusterBit: UInt32 = 1 << 31

  init(glyph: UInt32, style: PackedStyle) {
    self.glyph = glyph
    foreground = style.foreground
    background = style.background
    attributes = style.attributes
  }

  package var style: Style {
    PackedStyle(foreground: foreground, background: background, attributes: attributes).style
  }

  /// Whether a wide glyph to the left reaches into this cell.
  package var isContinuation: Bool { glyph == 0 }

  var packedStyle: PackedStyle {
    PackedStyle(foreground: foreground, background: background, attributes: attributes)
  }

  func hasStyle(of other: Cell) -> Bool {
    foreground == other.foreground && background == other.background && attributes == other.attributes
  }
}

/// A style as cells store it; packing once per text keeps drawing cheap.
struct PackedStyle: Hashable, Sendable {
  var foreground: UInt32
  var background: UInt32
  var attributes: UInt32

  init(foreground: UInt32, background: UInt32, attributes: UInt32) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  init(_ style: Style) {
    foreground = Color.packed(style.foreground)
    background = Color.packed(style.background)
    attributes = UInt32(style.attributes.rawValue) | UInt32(style.colorless.rawValue) << 8
  }

  var style: Style {
    Style(
      foreground: Color.unpacked(foreground), background: Color.unpacked(background),
      attributes: Style.Attributes(rawValue: UInt8(attributes & 0xFF)),
      colorless: Style.Attributes(rawValue: UInt8(attributes >> 8 & 0xFF)))
  }
}
