import Terminal

/// A theme while it is made of a scheme: each colour is corrected when it is added, grounds before what lies on them.
struct SchemeDraft {
  let name: String
  let paper: Color
  let isDark: Bool
  private(set) var styles: [Role: Style] = [:]
  private(set) var notes: [String] = []

  init(name: String, paper: Color, isDark: Bool) {
    self.name = name
    self.paper = paper
    self.isDark = isDark
  }

  var theme: Theme { Theme(name: name, styles: styles) }

  /// Adds a role with its colours, corrected where the rules ask for it.
  mutating func add(
    _ role: Role, _ ink: Color, _ ground: Color?, attributes: Style.Attributes, colorless: Style.Attributes
  ) {
    var style = Style(background: ground, attributes: attributes, colorless: colorless)
    if let ground, role != .background {
      style.background = roomy(ground, for: role)
      note(role, "ground", ground, style.background, "to leave room for text")
    }
    styles[role] = style
    let others = Role.states.filter { $0 != role && styles[$0]?.foreground != nil }
    let isState = Role.states.contains(role)
    let legible = shifted(ink) { isLegible($0, role) }
    let apart = isState ? shifted(legible) { isLegible($0, role) && isApart($0, from: others) } : legible
    let why = [
      legible == ink ? nil : "to be read on every ground", apart == legible ? nil : "to differ from other states",
    ]
    note(role, "text", ink, apart, why.compactMap(\.self).joined(separator: " and "))
    styles[role]?.foreground = apart
  }

  /// Gives attributes to states that some eyes, or sixteen colours, confuse.
  mutating func keepApart() {
    let help: [(Role, Style.Attributes)] = [
      (.degraded, .underline), (.drained, [.italic, .underline]), (.held, [.bold, .underline]),
    ]
    for (role, attributes) in help {
      let isConfused = theme.objections.contains { objection in
        guard case .alike(let first, let second, _, _, _) = objection else { return false }
        return first == role || second == role
      }
      if isConfused { styles[role]?.attributes = attributes }
    }
  }

  /// A ground on which text can be read: one that many roles lie on moves towards the scheme's own, one that has a text
  /// of its own becomes lighter or darker.
  private func roomy(_ ground: Color, for role: Role) -> Color {
    let (white, black) = (Color(0xFFFFFF), Color(0x000000))
    switch role {
    case .production: return shifted(ground) { $0.leastContrast(with: white) >= 5 }
    case .match, .buttonFocus: return shifted(ground) { $0.leastContrast(with: isDark ? black : white) >= 5 }
    default: break
    }
    let strongest = isDark ? white : black
    let wanted = min(isDark ? 10 : 16, strongest.contrast(with: paper) * 0.9)
    let (near, far) = (Lab(ground), Lab(paper))
    for step in 0...10 {
      var mixed = near
      let share = Double(step) / 10
      mixed.lightness += (far.lightness - near.lightness) * share
      mixed.a += (far.a - near.a) * share
      mixed.b += (far.b - near.b) * share
      let color = step == 0 ? ground : Color(mixed.color.rgb, ground.basic)
      if color.leastContrast(with: strongest) >= wanted { return color }
    }
    return Color(paper.rgb, ground.basic)
  }

  private func isLegible(_ ink: Color, _ role: Role) -> Bool {
    let least = theme.leastContrast(of: role)
    return role.grounds.allSatisfy { ground in
      guard let paper = styles[ground]?.background else { return true }
      return ink.leastContrast(with: paper) >= least
    }
  }

  private func isApart(_ ink: Color, from others: [Role]) -> Bool {
    others.allSatisfy { other in
      guard let color = styles[other]?.foreground else { return true }
      return ink.leastDifference(from: color) >= Theme.leastDifference
    }
  }

  /// The nearest lightness of a colour that satisfies; the colour as it is where none does.
  private func shifted(_ color: Color, until satisfies: (Color) -> Bool) -> Color {
    if satisfies(color) { return color }
    let lab = Lab(color)
    for step in 1...100 {
      for direction in isDark ? [1.0, -1.0] : [-1.0, 1.0] {
        var moved = lab
        moved.lightness += Double(step) * direction
        guard (0...100).contains(moved.lightness) else { continue }
        let color = Color(moved.color.rgb, color.basic)
        if satisfies(color) { return color }
      }
    }
    return color
  }

  private mutating func note(_ role: Role, _ part: String, _ old: Color, _ new: Color?, _ why: String) {
    guard let new, new.rgb != old.rgb else { return }
    notes.append("\(role): its \(part) \(old) became \(new), \(why)")
  }
}

extension Color {
  /// The least of the contrasts in full colour and in 256.
  fileprivate func leastContrast(with other: Color) -> Double {
    min(contrast(with: other), in256.contrast(with: other.in256))
  }

  fileprivate func leastDifference(from other: Color) -> Double {
    min(difference(from: other), in256.difference(from: other.in256))
  }
}
