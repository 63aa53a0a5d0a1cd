import Testing

@testable import Terminal

@Suite("Themes")
struct ThemeTests {
  @Test("A state in the selected row keeps its colour on the selection's ground")
  func composition() {
    let theme = Theme.sample
    let style = theme[.down, on: .selection]
    #expect(style.foreground?.rgb == theme[.down].foreground?.rgb)
    #expect(style.background == theme[.selection].background)
    #expect(style.colorless.contains(.reverse))
    #expect(style.attributes.contains(.bold))
    #expect(theme[.selection, on: .header] == theme[.selection])
    #expect(Theme(name: "x", styles: [:])[.ok] == .plain)
  }

  @Test("A role that is left out looks like its fall-back, and every chain of them ends")
  func fallback() {
    for role in Role.allCases {
      var (next, length) = (role.fallback, 0)
      while let role = next { (next, length) = (role.fallback, length + 1) }
      #expect(length < Role.allCases.count, "\(role)")
      #expect(role.fallback.map { $0 != role } ?? [.background, .text, .selection].contains(role))
    }
    var styles = Theme.sampleStyles
    styles[.held] = nil
    #expect(Theme(name: "x", styles: styles)[.held] == Theme.sample[.warning])
    styles[.warning] = nil
    #expect(Theme(name: "x", styles: styles)[.held] == Theme.sample[.strong])
    styles[.strong] = nil
    #expect(Theme(name: "x", styles: styles)[.held] == Theme.sample[.text])
    #expect(Theme.sample[.button] == Theme.sample[.background])
    #expect(Theme.sample[.toast] == Theme.sample[.selection])
    styles[.selection] = nil
    #expect(Theme(name: "x", styles: styles)[.selection].attributes == .reverse)
  }

  @Test("Of sixteen an ink gives way where it cannot be read, and only there")
  func sixteen() {
    let theme = Theme.sample
    #expect(theme[.ok].foreground?.basic == .green)
    #expect(theme[.ok, on: .selection].foreground?.basic == .brightGreen)
    #expect(theme[.down, on: .selection].foreground?.basic == .brightWhite)
    #expect(Palette.legible(.brightYellow, on: .brightWhite, least: 4.5) == .black)
    for ground in BasicColor.allCases {
      for ink in BasicColor.allCases {
        let shown = Palette.legible(ink, on: ground, least: 4.5)
        #expect(basic(shown).contrast(with: basic(ground)) >= 4.5, "\(ink) on \(ground)")
      }
    }
  }

  private func basic(_ color: BasicColor) -> Color { Palette.shown(Color(0, color), mode: .basic16) }
}
