package import Documents
package import Terminal

extension Theme {
  /// Reads a theme file: `name` and, under `roles`, how each role looks (`Themes/dark.yaml` explains the fields).
  ///
  /// A key or a role that is unknown, a colour that is none, or a background for a role that lies on others is an error
  /// with its line and column.
  ///
  /// - Parameter file: what errors call the document, usually its path.
  package static func parse(_ text: String, file: String) throws(DocumentError) -> Theme {
    var fields = try DocumentNode.parse(text, name: file).mapping()
    let name = try fields.required("name").nonemptyString()
    var roles = try fields.required("roles").mapping()
    try fields.finish()
    var styles: [Role: Style] = [:]
    for role in Role.allCases {
      guard let node = roles.optional(role.rawValue) else { continue }
      styles[role] = try style(node, of: role)
    }
    try roles.finish()
    for role in [Role.background, .text] where styles[role]?.foreground == nil {
      throw roles.error("the role \(role.rawValue) needs a foreground: others build on it")
    }
    return Theme(name: name, styles: styles)
  }

  private static func style(_ node: DocumentNode, of role: Role) throws(DocumentError) -> Style {
    var fields = try node.mapping()
    let foreground = try color(&fields, "foreground")
    let background = role.isGround ? try color(&fields, "background") : nil
    if !role.isGround, let refused = fields.optional("background") {
      throw refused.error("the role \(role.rawValue) lies on others and has no background of its own: remove it")
    }
    let attributes = try Self.attributes(fields.optional("attributes"))
    let colorless = try Self.attributes(fields.optional("colorless"))
    try fields.finish()
    return Style(
      foreground: foreground, background: background, attributes: attributes ?? [], colorless: colorless)
  }

  /// A colour with the name it has among sixteen, which stands in a field of its own.
  private static func color(_ fields: inout DocumentFields, _ key: String) throws(DocumentError) -> Color? {
    let basic = fields.optional(key + "16")
    guard let node = fields.optional(key) else {
      if let basic { throw basic.error("\(key)16 stands without \(key): add it") }
      return nil
    }
    let text = try node.string()
    let digits = text.dropFirst()
    guard text.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = UInt32(digits, radix: 16)
    else { throw node.error("a colour such as \"#3fb950\" is expected here, in quotes") }
    guard let basic else { return Color(value) }
    return Color(value, try basic.choice(BasicColor.self))
  }

  private static func attributes(_ node: DocumentNode?) throws(DocumentError) -> Style.Attributes? {
    guard let node else { return nil }
    var attributes: Style.Attributes = []
    for element in try node.sequence() {
      let name = try element.string()
      guard let known = Style.Attributes.names.first(where: { $0.name == name }) else {
        let names = Style.Attributes.names.map(\.name).joined(separator: ", ")
        throw element.error("one of \(names) is expected here")
      }
      attributes.insert(known.attribute)
    }
    return attributes
  }
}
