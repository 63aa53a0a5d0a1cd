import Federation
package import Terminal

/// A theme as the text of its file.
package enum ThemeText {
  /// - Parameters:
  ///   - comments: lines that stand before it; cleaned here.
  ///   - palette: colours by the names that roles shall use; others are written out.
  package static func yaml(_ theme: Theme, comments: [String], palette: [(name: String, color: Color)]) -> String {
    var text = comments.map { "# \(cleanLine($0))\n" }.joined()
    text += "name: \"\(theme.name)\"\n"
    if !theme.claims.isEmpty {
      text += "claims: [\(theme.claims.map(\.rawValue).sorted().joined(separator: ", "))]\n"
    }
    if !palette.isEmpty { text += "palette:\n" }
    for (name, color) in palette { text += "  \(name): \"\(color)\"\n" }
    text += "roles:\n"
    for role in Role.allCases {
      guard let style = theme.own(role) else { continue }
      text += "  \(role.rawValue): { \(fields(style, palette).joined(separator: ", ")) }\n"
    }
    return text
  }

  private static func fields(_ style: Style, _ palette: [(name: String, color: Color)]) -> [String] {
    var fields: [String] = []
    func add(_ key: String, _ color: Color?) {
      guard let color else { return }
      fields.append("\(key): \(palette.first { $0.color.rgb == color.rgb }?.name ?? "\"\(color)\"")")
      if let basic = color.basic { fields.append("\(key)16: \(basic.rawValue)") }
    }
    add("foreground", style.foreground)
    add("background", style.background)
    if !style.attributes.isEmpty { fields.append("attributes: [\(names(style.attributes))]") }
    if style.colorless != style.attributes { fields.append("colorless: [\(names(style.colorless))]") }
    return fields
  }

  private static func names(_ attributes: Style.Attributes) -> String {
    Style.Attributes.names.filter { attributes.contains($0.attribute) }.map(\.name).joined(separator: ", ")
  }
}
