/// How every role looks, and which glyphs the screen is made of.
package struct Theme: Hashable, Sendable {
  package var name: String
  package var claims: Set<ThemeClaim>
  package var glyphs: Glyphs
  private let styles: [Role: Style]

  /// A theme from the styles of its roles. What a style leaves open comes from the background role; a role that is
  /// missing looks like its ``Role/fallback``. Colours without a name among sixteen take the nearest one.
  package init(name: String, styles: [Role: Style], claims: Set<ThemeClaim> = [], glyphs: Glyphs = .unicode) {
    self.name = name
    self.styles = styles.mapValues { style in
      var style = style
      style.foreground = style.foreground?.named
      style.background = style.background?.named
      return style
    }
    self.claims = claims
    self.glyphs = glyphs
  }

  /// How a role looks on the screen's background.
  package subscript(role: Role) -> Style { self[role, on: .background] }

  /// How a role looks on a ground, such as a state in the selected row: `theme[.down, on: .selection]`.
  ///
  /// Where there are only sixteen colours, one that could not be read on that ground gives way to one that can.
  package subscript(role: Role, on ground: Role) -> Style {
    var base = look(ground)
    base.background = base.background ?? styles[.background]?.background
    base.foreground = base.foreground ?? styles[.text]?.foreground
    if role == .background || role == ground { return legible(base, ground) }
    var style = look(role)
    guard role.isGround else { return legible(style.on(base), role) }
    style.background = style.background ?? base.background
    style.foreground = style.foreground ?? base.foreground
    return legible(style, role)
  }

  /// What the theme itself says about a role.
  package func own(_ role: Role) -> Style? { styles[role] }

  /// Whether the theme has any colour; one that has none leaves all to the terminal.
  package var hasColors: Bool { styles.values.contains { $0.foreground != nil || $0.background != nil } }

  /// The contrast that a role must have at least.
  package func leastContrast(of role: Role) -> Double {
    let isHigh = claims.contains(.highContrast)
    return role.isLesser ? (isHigh ? 4.5 : 3) : (isHigh ? 7 : 4.5)
  }

  /// The role whose style on the screen's background is `style`, for readable snapshots; the first in order.
  package func role(of style: Style) -> Role? { Role.allCases.first { self[$0] == style } }

  private func look(_ role: Role) -> Style {
    var next: Role? = role
    while let role = next {
      if let style = styles[role] { return style }
      if role == .selection { return Style(attributes: .reverse) }
      next = role.fallback
    }
    return Style()
  }

  private func legible(_ style: Style, _ role: Role) -> Style {
    guard let ink = style.foreground?.basic, let ground = style.background?.basic else { return style }
    var style = style
    style.foreground?.basic = Palette.legible(ink, on: ground, least: leastContrast(of: role))
    return style
  }
}

extension Theme: CustomStringConvertible {
  package var description: String { name }
}

extension Color {
  /// With a name among sixteen: its own, or that of the nearest.
  fileprivate var named: Color { Color(rgb, basic ?? BasicColor.allCases[Palette.nearest16(self)]) }
}
