import Testing

@testable import Terminal

@Suite("Themes")
struct ThemeTests {
  /// What people must read, and the grounds it is read on.
  private static let read: [Role] = [
    .text, .strong, .title, .ok, .degraded, .down, .drained, .stale, .held, .key, .hint, .accent, .warning, .error,
    .added, .removed, .marked, .graph, .dim,
  ]

  @Test("Everything that must be read has contrast on every ground it stands on", arguments: Theme.builtIn)
  func contrast(theme: Theme) throws {
    for ground in [Role.background, .selection, .card, .header] {
      for role in Self.read {
        let style = theme[role, on: ground]
        let ink = try #require(style.foreground)
        let paper = try #require(style.background)
        #expect(ink.contrast(with: paper) >= 4, "\(theme.name): \(role) on \(ground)")
      }
    }
    for ground in Role.allCases where ground.isGround {
      let ink = try #require(theme[ground].foreground)
      #expect(ink.contrast(with: try #require(theme[ground].background)) >= 4.5, "\(theme.name): \(ground)")
    }
  }

  @Test("Every role has a look of its own in both themes, and the two agree on nothing but names")
  func complete() {
    for role in Role.allCases {
      for theme in Theme.builtIn {
        #expect(theme.own(role) != nil, "\(theme.name): \(role)")
        #expect(role.isGround || theme.own(role)?.background == nil)
        #expect(theme.own(role)?.foreground?.basic != nil)
      }
    }
  }

  @Test("A state in the selected row keeps its colour on the selection's ground")
  func composition() {
    let style = Theme.dark[.down, on: .selection]
    #expect(style.foreground == Theme.dark[.down].foreground)
    #expect(style.background == Theme.dark[.selection].background)
    #expect(style.colorless.contains(.reverse))
    #expect(style.attributes.contains(.bold))
    #expect(Theme.dark[.selection, on: .card] == Theme.dark[.selection])
    #expect(Theme(name: "x", styles: [:])[.ok] == .plain)
  }

  @Test("Without colours a selection, a problem and good health still look different")
  func colorless() {
    for theme in Theme.builtIn {
      let looks = [theme[.ok], theme[.down], theme[.stale], theme[.selection], theme[.drained]].map(\.colorless)
      #expect(Set(looks.map(\.rawValue)).count == looks.count, "\(theme.name)")
    }
  }
}
