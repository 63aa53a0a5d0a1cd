package import Documents
import Federation
package import Terminal

/// A scheme of base16 or base24: sixteen or 24 colours with fixed places and no word about states.
package struct ColorScheme: Sendable {
  /// What its author calls it, cleaned for the screen.
  package let title: String
  /// By place: 0x00 to 0x07 run from the ground to the strongest text, 0x08 to 0x0F are the accents, 0x10 to 0x17, which
  /// only base24 has, darker grounds and brighter accents.
  package let colors: [Int: Color]

  /// The name of a place as schemes write it: `base0A`.
  package static func key(_ place: Int) -> String {
    let digits = String(place, radix: 16, uppercase: true)
    return "base" + (digits.count == 1 ? "0" : "") + digits
  }

  /// Reads a scheme file, in the flat layout (`scheme: …`, `base00: "181818"`) or the newer one (`system: base16`,
  /// `name: …`, `palette: { base00: "#181818" }`). What else it says is passed over.
  ///
  /// - Parameter file: what errors call the document, usually its path.
  package static func parse(_ text: String, file: String) throws(DocumentError) -> ColorScheme {
    var fields = try DocumentNode.parse(text, name: file).mapping()
    guard let palette = fields.optional("palette") else {
      let old = fields.optional("scheme") ?? fields.optional("name")
      let title = if let old { old } else { try fields.required("scheme") }
      return ColorScheme(title: try clean(title), colors: try colors(&fields, isBase24: false))
    }
    let system = try fields.optional("system")?.choice(System.self)
    let title = try clean(fields.required("name"))
    var places = try palette.mapping()
    return ColorScheme(title: title, colors: try colors(&places, isBase24: system == .base24))
  }

  private enum System: String, CaseIterable { case base16, base24 }

  private static func clean(_ node: DocumentNode) throws(DocumentError) -> String {
    cleanLine(try node.nonemptyString())
  }

  private static func colors(_ fields: inout DocumentFields, isBase24: Bool) throws(DocumentError) -> [Int: Color] {
    var colors: [Int: Color] = [:]
    for place in 0..<0x18 {
      let isNeeded = place < 0x10 || isBase24
      let node = isNeeded ? try fields.required(key(place)) : fields.optional(key(place))
      guard let node else { continue }
      let text = try node.string()
      guard let color = Color(hexDigits: text.hasPrefix("#") ? text.dropFirst() : text[...]) else {
        throw node.error("six hexadecimal digits are expected here, such as \"181818\" or \"#181818\"")
      }
      colors[place] = color
    }
    return colors
  }
}
