import Terminal
import Testing

@testable import Dashboard

@Suite("The built-in themes")
struct BuiltInThemeTests {
  private static let themes = ThemeLibrary(directories: []).themes

  @Test("No rule objects to any of them", arguments: themes)
  func rules(theme: Theme) {
    #expect(theme.objections.isEmpty, "\(theme.objections.map(\.description).joined(separator: "\n"))")
  }

  /// A theme that breaks no rule by luck would prove little: any two of its states made one must be noticed.
  @Test("Two states made equal are objected to, in each of them", arguments: themes)
  func canFail(theme: Theme) throws {
    for (first, second) in zip(Role.states, Role.states.dropFirst()) {
      var styles: [Role: Style] = [:]
      for role in Role.allCases { styles[role] = theme.own(role) }
      styles[second] = styles[first]
      #expect(!Theme(name: theme.name, styles: styles, claims: theme.claims).objections.isEmpty, "\(first) \(second)")
    }
  }

  @Test("There is one for every need that can be claimed")
  func needs() {
    for claim in ThemeClaim.allCases { #expect(Self.themes.contains { $0.claims.contains(claim) }, "\(claim)") }
    #expect(Self.themes.contains { !$0.hasColors })
  }

  @Test("Where nothing but attributes is left, selection, problems and good health look different", arguments: themes)
  func colorless(theme: Theme) {
    let looks = [Role.ok, .down, .stale, .selection, .drained].map { theme[$0].colorless.rawValue }
    #expect(Set(looks).count == looks.count)
  }
}
