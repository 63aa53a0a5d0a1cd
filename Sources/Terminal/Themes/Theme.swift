/// How every role looks, and which glyphs the screen is made of.
package struct Theme: Hashable, Sendable {
  package var name: String
  package var glyphs: Glyphs
  private var styles: [Role: Style]

  /// A theme from the styles of its roles. What a style leaves open comes from the background role; a role that is
  /// missing looks like text.
  package init(name: String, styles: [Role: Style], glyphs: Glyphs = .unicode) {
    self.name = name
    self.styles = styles
    self.glyphs = glyphs
  }

  /// How a role looks on the screen's background.
  package subscript(role: Role) -> Style { self[role, on: .background] }

  /// How a role looks on a ground, such as a state in the selected row: `theme[.down, on: .selection]`.
  package subscript(role: Role, on ground: Role) -> Style {
    var base = styles[ground] ?? Style()
    let screen = styles[.background] ?? Style()
    base.background = base.background ?? screen.background
    base.foreground = base.foreground ?? styles[.text]?.foreground
    if role == .background || role == ground { return base }
    var style = styles[role] ?? styles[.text] ?? Style()
    guard role.isGround else { return style.on(base) }
    style.background = style.background ?? base.background
    style.foreground = style.foreground ?? base.foreground
    return style
  }

  /// What the theme itself says about a role.
  package func own(_ role: Role) -> Style? { styles[role] }

  /// The role whose style on the screen's background is `style`, for readable snapshots; the first in order.
  package func role(of style: Style) -> Role? { Role.allCases.first { self[$0] == style } }
}

extension Theme: CustomStringConvertible {
  package var description: String { name }
}
