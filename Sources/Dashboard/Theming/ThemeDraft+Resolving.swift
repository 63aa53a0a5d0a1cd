import Documents
import Terminal

extension ThemeDraft {
  /// The theme, with what it inherits: a role or a colour of the palette that the draft gives takes the place of its
  /// parent's, and roles of the parent see the draft's colours.
  ///
  /// - Parameter find: the draft of a name; nil when there is none.
  func resolved(_ find: (String) -> ThemeDraft?) throws(DocumentError) -> Theme {
    var palette: [String: Color] = [:]
    var roles: [Role: Look] = [:]
    for draft in try lineage(find).reversed() {
      palette.merge(draft.palette) { $1 }
      roles.merge(draft.roles) { $1 }
    }
    var styles: [Role: Style] = [:]
    for role in Role.allCases {
      guard let look = roles[role] else { continue }
      styles[role] = Style(
        foreground: try Self.color(look.foreground, palette), background: try Self.color(look.background, palette),
        attributes: look.attributes, colorless: look.colorless)
    }
    let theme = Theme(name: name, styles: styles, claims: claims)
    for role in [Role.background, .text] where theme.hasColors && styles[role]?.foreground == nil {
      throw document.error("the role \(role.rawValue) needs a foreground: others build on it")
    }
    return theme
  }

  /// The draft, its parent, the parent of that, and so on. A file that takes the name of a built-in theme may inherit it.
  private func lineage(_ find: (String) -> ThemeDraft?) throws(DocumentError) -> [ThemeDraft] {
    var line = [self]
    while let parent = line[line.count - 1].parent {
      let last = line[line.count - 1]
      let isOwnName = parent.name == last.name
      let next = last.isBuiltIn || isOwnName ? BuiltInThemes.drafts[parent.name] : find(parent.name)
      if line.contains(where: { $0.name == next?.name && $0.isBuiltIn == next?.isBuiltIn }) || next == nil && isOwnName
      {
        let way = (line.map(\.name) + [next?.name ?? last.name]).joined(separator: ", ")
        throw parent.place.error("themes inherit in a circle (\(way)): let one of them inherit nothing")
      }
      guard let next else {
        throw parent.place.error("there is no theme of that name to inherit: zonetop theme list shows what there is")
      }
      line.append(next)
    }
    return line
  }

  private static func color(_ ink: Ink?, _ palette: [String: Color]) throws(DocumentError) -> Color? {
    switch ink {
    case nil: return nil
    case .color(let color): return color
    case .named(let name, let basic, let place):
      guard let color = palette[name] else {
        let known = palette.isEmpty ? "it is empty" : "it has \(palette.keys.sorted().joined(separator: ", "))"
        throw place.error(
          "a colour such as \"#3fb950\" or one of the palette is expected here, and that has no \(name): \(known)")
      }
      return Color(color.rgb, basic ?? color.basic)
    }
  }
}
