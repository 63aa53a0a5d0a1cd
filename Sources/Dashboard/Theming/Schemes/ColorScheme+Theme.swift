package import Terminal

extension ColorScheme {
  /// A theme made of a scheme, and what had to be changed for the rules.
  package struct Imported: Sendable {
    package var theme: Theme
    /// One line for each colour that is not the scheme's own, then one for each rule that is still broken.
    package var notes: [String] = []
  }

  /// Where each role takes its text and its ground from: grounds before what lies on them, and the states in the order in
  /// which they keep their colours where two are alike.
  private static let places: [(role: Role, ink: Int, ground: Int?)] = [
    (.background, 0x05, 0x00), (.header, 0x07, 0x01), (.card, 0x05, 0x01), (.selection, 0x06, 0x02),
    (.toast, 0x06, 0x02), (.input, 0x06, 0x02), (.button, 0x05, 0x02), (.match, 0x00, 0x0A), (.buttonFocus, 0x00, 0x0D),
    (.production, 0x07, 0x08), (.text, 0x05, nil), (.dim, 0x04, nil), (.strong, 0x07, nil), (.title, 0x07, nil),
    (.border, 0x03, nil), (.disabled, 0x03, nil), (.hint, 0x04, nil), (.ok, 0x0B, nil), (.down, 0x08, nil),
    (.degraded, 0x0A, nil), (.drained, 0x0E, nil), (.stale, 0x04, nil), (.held, 0x09, nil), (.error, 0x08, nil),
    (.warning, 0x0A, nil), (.added, 0x0B, nil), (.removed, 0x08, nil), (.accent, 0x0D, nil), (.focus, 0x0D, nil),
    (.key, 0x0C, nil), (.marked, 0x0C, nil), (.graph, 0x0C, nil),
  ]

  /// The brighter accents of base24, which text on a dark ground takes.
  private static let brighter = [0x08: 0x12, 0x0A: 0x13, 0x0B: 0x14, 0x0C: 0x15, 0x0D: 0x16, 0x0E: 0x17]

  /// The scheme as a theme that keeps the rules as far as its colours can: a ground that leaves no room for text moves
  /// towards base00, a text that is hard to read or a state that looks like another becomes lighter or darker, and a state
  /// that other eyes or sixteen colours confuse gets an attribute. Attributes and the names among sixteen are those of the
  /// built-in theme for such a ground.
  package func theme(named name: String) -> Imported {
    let isDark = self[0x05].contrast(with: Color(0)) > self[0x00].contrast(with: Color(0))
    let model = isDark ? Theme.dark : BuiltInThemes.theme("light") ?? .dark
    var draft = SchemeDraft(name: name, paper: self[0x00], isDark: isDark)
    for (role, ink, ground) in Self.places {
      let own = model.own(role) ?? Style()
      let bright = isDark && ground == nil ? Self.brighter[ink].flatMap { colors[$0] } : nil
      draft.add(
        role, Color((bright ?? self[ink]).rgb, own.foreground?.basic),
        ground.map { Color(self[$0].rgb, own.background?.basic) }, attributes: own.attributes, colorless: own.colorless)
    }
    draft.keepApart()
    let theme = draft.theme
    return Imported(theme: theme, notes: draft.notes + theme.objections.map { "still: \($0)" })
  }

  /// The colour of a place that every scheme has.
  private subscript(place: Int) -> Color { colors[place] ?? Color(0) }
}
