import Documents
import Federation
import Terminal

extension ThemeDraft {
  /// Reads a theme file (`Themes/dark.yaml` explains the fields).
  ///
  /// A key or a role that is unknown, a colour that is none, or a background for a role that lies on others is an error
  /// with its line and column.
  ///
  /// - Parameter file: what errors call the document, usually its path.
  static func parse(_ text: String, file: String, isBuiltIn: Bool = false) throws(DocumentError) -> ThemeDraft {
    let document = try DocumentNode.parse(text, name: file)
    var fields = try document.mapping()
    let name = cleanLine(try fields.required("name").nonemptyString())
    var parent: (name: String, place: DocumentNode)?
    if let node = fields.optional("inherits") { parent = (try node.nonemptyString(), node) }
    var claims: Set<ThemeClaim> = []
    if let node = fields.optional("claims") {
      for element in try node.sequence() { claims.insert(try element.choice(ThemeClaim.self)) }
    }
    let palette = try palette(fields.optional("palette"))
    let given = parent == nil ? try fields.required("roles") : fields.optional("roles")
    try fields.finish()
    return ThemeDraft(
      name: name, parent: parent, claims: claims, palette: palette, roles: try roles(given), isBuiltIn: isBuiltIn,
      document: document)
  }

  private static func palette(_ node: DocumentNode?) throws(DocumentError) -> [String: Color] {
    var palette: [String: Color] = [:]
    for (name, value) in try node?.entries() ?? [] {
      guard isColorName(name) else { throw value.error("the name of a colour is of letters, digits and hyphens") }
      if case .mapping = value.content {
        var fields = try value.mapping()
        let color = try hex(try fields.required("color"))
        let basic = try fields.optional("color16")?.choice(BasicColor.self)
        try fields.finish()
        palette[name] = Color(color.rgb, basic)
      } else {
        palette[name] = try hex(value)
      }
    }
    return palette
  }

  private static func roles(_ node: DocumentNode?) throws(DocumentError) -> [Role: Look] {
    guard let node else { return [:] }
    var fields = try node.mapping()
    var roles: [Role: Look] = [:]
    for role in Role.allCases {
      guard let node = fields.optional(role.rawValue) else { continue }
      roles[role] = try look(node, of: role)
    }
    try fields.finish()
    return roles
  }

  private static func look(_ node: DocumentNode, of role: Role) throws(DocumentError) -> Look {
    var fields = try node.mapping()
    let foreground = try ink(&fields, "foreground")
    let background = role.isGround ? try ink(&fields, "background") : nil
    if !role.isGround, let refused = fields.optional("background") {
      throw refused.error("the role \(role.rawValue) lies on others and has no background of its own: remove it")
    }
    let attributes = try Self.attributes(fields.optional("attributes"))
    let colorless = try Self.attributes(fields.optional("colorless"))
    try fields.finish()
    return Look(foreground: foreground, background: background, attributes: attributes ?? [], colorless: colorless)
  }

  /// A colour with the name it has among sixteen, which stands in a field of its own.
  private static func ink(_ fields: inout DocumentFields, _ key: String) throws(DocumentError) -> Ink? {
    let basic = fields.optional(key + "16")
    guard let node = fields.optional(key) else {
      if let basic { throw basic.error("\(key)16 stands without \(key): add it") }
      return nil
    }
    let name = try basic?.choice(BasicColor.self)
    let text = try node.string()
    if isColorName(text) { return .named(text, basic: name, place: node) }
    return .color(Color(try hex(node).rgb, name))
  }

  private static func hex(_ node: DocumentNode) throws(DocumentError) -> Color {
    let text = try node.string()
    guard text.hasPrefix("#"), let color = Color(hexDigits: text.dropFirst()) else {
      throw node.error("a colour such as \"#3fb950\" is expected here, in quotes")
    }
    return color
  }

  private static func isColorName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first), text.utf8.count <= 32 else { return false }
    return text.utf8.allSatisfy {
      isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "-")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
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

extension Color {
  /// A colour from six hexadecimal digits.
  init?(hexDigits digits: Substring) {
    guard digits.utf8.count == 6, digits.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(digits, radix: 16)
    else { return nil }
    self.init(value)
  }
}
