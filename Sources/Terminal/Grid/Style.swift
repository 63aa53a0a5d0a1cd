/// What a cell looks like apart from its glyph. Nil colours are the terminal's own.
package struct Style: Hashable, Sendable {
  package var foreground: Color?
  package var background: Color?
  package var attributes: Attributes
  /// The attributes where the terminal has no colours, so that what colour said is still said.
  package var colorless: Attributes

  package struct Attributes: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
    package static let bold = Attributes(rawValue: 1)
    package static let dim = Attributes(rawValue: 2)
    package static let underline = Attributes(rawValue: 4)
    package static let reverse = Attributes(rawValue: 8)
    package static let italic = Attributes(rawValue: 16)
  }

  package static let plain = Style()

  /// A style; without `colorless` the same attributes hold with and without colours.
  package init(
    foreground: Color? = nil, background: Color? = nil, attributes: Attributes = [], colorless: Attributes? = nil
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
    self.colorless = colorless ?? attributes
  }

  /// This style lying on another: its own foreground, the other's background, the attributes of both.
  package func on(_ ground: Style) -> Style {
    Style(
      foreground: foreground ?? ground.foreground, background: ground.background,
      attributes: attributes.union(ground.attributes), colorless: colorless.union(ground.colorless))
  }

  /// This style with more attributes, with and without colours.
  package func adding(_ more: Attributes) -> Style {
    Style(
      foreground: foreground, background: background, attributes: attributes.union(more),
      colorless: colorless.union(more))
  }
}

extension Style.Attributes {
  /// The names themes write, in the order they are listed.
  package static let names: [(name: String, attribute: Style.Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
  ]
}
