import Testing

@testable import Terminal

/// Each rule is shown a theme that it has nothing against, and the same theme with one thing spoilt.
@Suite("Rules for themes")
struct ThemeRulesTests {
  private func objections(_ claims: Set<ThemeClaim> = [], _ changes: [Role: Style] = [:]) -> [ThemeObjection] {
    let styles = Theme.sampleStyles.merging(changes) { $1 }
    return Theme(name: "x", styles: styles, claims: claims).objections
  }

  @Test("A theme that keeps the rules is objected to in nothing")
  func clean() {
    #expect(objections().isEmpty, "\(objections())")
  }

  @Test("Text that is hard to read is named with its ground, the worst number of colours and the least contrast")
  func contrast() {
    let found = objections([], [.graph: Style(foreground: Color(0x3A4048, .cyan))])
    #expect(found.count == 4)
    #expect(found.contains { "\($0)".hasPrefix("graph on selection has a contrast of 1.2 in full colour, 4.5 is") })
    // The same colour is enough for a border on a darker ground.
    let line = Style(foreground: Color(0x626A73, .brightBlack))
    #expect(objections([], [.border: line]).isEmpty)
    #expect(objections([], [.graph: line]).count == 4)
  }

  @Test("A colour that only 256 colours spoil is found")
  func quantised() {
    // 256 colours show this selection as 0x005F5F, which is lighter.
    let found = objections([], [.selection: Style(foreground: Color(0xF0F6FC), background: Color(0x103460, .blue))])
    #expect(!found.isEmpty)
    #expect(
      found.allSatisfy {
        if case .contrast(_, on: _, .palette256, _, _) = $0 { true } else { false }
      }, "\(found)")
  }

  @Test("Two states of one colour and one attribute are objected to in every number of colours")
  func alike() {
    let found = objections([], [.degraded: Style(foreground: Color(0x3FB950, .green), colorless: .underline)])
    for mode in [ColorMode.direct, .palette256, .basic16] {
      #expect(found.contains(.alike(.ok, .degraded, mode, .normal, difference: 0)), "\(mode)")
    }
    #expect(found.count == 3)
    // An attribute helps in sixteen colours only: where there are more, colours must do it for eyes that see all.
    let helped = objections(
      [], [.degraded: Style(foreground: Color(0x3FB950, .green), attributes: [.bold, .italic])])
    #expect(helped == found.filter { if case .alike(_, _, .basic16, _, _) = $0 { false } else { true } })
  }

  @Test("Red and green that some eyes confuse need an attribute, and a claim takes that help away")
  func visions() {
    // A green and an amber that protanopia makes alike, and no other eyes.
    let (ok, amber) = (Color(0x3FB950, .green), Color(0xD8A21B, .brightYellow))
    let confused = objections([], [.degraded: Style(foreground: amber, colorless: .underline)])
    #expect(confused.contains { "\($0)".contains("ok and degraded look alike in full colour with protanopia") })
    let states: [Role: Style] = [
      .ok: Style(foreground: ok), .degraded: Style(foreground: amber, attributes: [.bold, .italic]),
    ]
    func isConfused(_ claims: Set<ThemeClaim>) -> Bool {
      objections(claims, states).contains { "\($0)".contains("ok and degraded look alike in full colour with") }
    }
    #expect(!isConfused([]))
    #expect(isConfused([.protanopia]))
    #expect(!isConfused([.tritanopia]))
  }

  @Test("Without colours two states of the same attributes are objected to")
  func colorless() {
    let found = objections([], [.stale: Style(foreground: Color(0x9DA7B1), attributes: .italic, colorless: [])])
    #expect(found == [.sameAttributes(.ok, .stale)])
    let mono = Theme(name: "m", styles: [.down: Style(attributes: .bold)])
    #expect(mono.objections.count == 10)
  }

  @Test("High contrast is held to 7, and to 4.5 for lines")
  func highContrast() {
    let found = objections([.highContrast])
    #expect(found.contains { "\($0)".contains("border on background") && "\($0)".contains("4.5 is the least") })
    #expect(found.contains { "\($0)".contains("ok on selection") && "\($0)".contains("7 is the least") })
    #expect(!found.contains { "\($0)".hasPrefix("strong") })
  }

  @Test("Colours on a ground that is the terminal's own cannot be judged, and that is said")
  func open() {
    #expect(objections([], [.background: Style(foreground: Color(0xFFFFFF))]) == [.open])
  }
}
