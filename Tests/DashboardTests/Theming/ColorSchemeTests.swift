import Documents
import Terminal
import Testing

@testable import Dashboard

@Suite("Schemes made into themes")
struct ColorSchemeTests {
  /// The places of a scheme, in their order; the values are those of the well-known schemes.
  private static let nord =
    "2e3440 3b4252 434c5e 4c566a d8dee9 e5e9f0 eceff4 8fbcbb bf616a d08770 ebcb8b a3be8c 88c0d0 81a1c1 b48ead 5e81ac"
  private static let solarizedLight =
    "fdf6e3 eee8d5 93a1a1 839496 657b83 586e75 073642 002b36 dc322f cb4b16 b58900 859900 2aa198 268bd2 6c71c4 d33682"
  private static let dracula24 =
    "282a36 363447 44475a 6272a4 9ea8c7 f8f8f2 f0f1f4 ffffff ff5555 ffb86c f1fa8c 50fa7b 8be9fd 80bfff ff79c6 bd93f9 1e2029 16171d f28c8c eef5a3 a3f5b8 baedf7 a3ccf5 f5a3d2"

  private static func flat(_ values: String, title: String = "Test") -> String {
    let places = values.split(separator: " ").enumerated().map { "\(ColorScheme.key($0.offset)): \"\($0.element)\"\n" }
    return "scheme: \"\(title)\"\nauthor: \"somebody\"\n" + places.joined()
  }

  private static func nested(_ values: String, system: String) -> String {
    let places = values.split(separator: " ").enumerated().map {
      "  \(ColorScheme.key($0.offset)): \"#\($0.element)\"\n"
    }
    return "system: \"\(system)\"\nname: \"Test\"\nauthor: \"x\"\nvariant: \"dark\"\npalette:\n" + places.joined()
  }

  @Test("Both layouts say the same, and base24 has eight colours more")
  func layouts() throws {
    let old = try ColorScheme.parse(Self.flat(Self.nord), file: "s")
    let new = try ColorScheme.parse(Self.nested(Self.nord, system: "base16"), file: "s")
    #expect(old.colors == new.colors && old.title == new.title)
    #expect(old.colors[0x0A] == Color(0xEBCB8B))
    #expect(try ColorScheme.parse(Self.nested(Self.dracula24, system: "base24"), file: "s").colors.count == 24)
  }

  @Test(
    "What is wrong with a scheme is one line with its place",
    arguments: [
      (flat(nord).replacing("base0A", with: "base1F"), "\"base0A\" is missing"),
      (flat(nord).replacing("ebcb8b", with: "ebcb8"), "s.yaml:13:9: six hexadecimal digits"),
      (flat(nord).replacing("ebcb8b", with: "+1cb8b"), "s.yaml:13:9: six hexadecimal digits"),
      (nested(nord, system: "base32"), "s.yaml:1:9: one of base16, base24"),
      (nested(nord, system: "base24"), "\"base10\" is missing"),
      ("author: x\n", "\"scheme\" is missing"), ("- 1\n", "a mapping"), ("palette: 3\nname: x\n", "a mapping"),
    ])
  func refused(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try ColorScheme.parse(text, file: "s.yaml") }
    let message = error.map(\.description) ?? ""
    #expect(message.contains(expected) && !message.contains("\n"), "\(message)")
  }

  @Test(
    "A scheme becomes a theme that keeps the rules, and each changed colour is told",
    arguments: [nord, solarizedLight, dracula24])
  func corrected(values: String) throws {
    let scheme = try ColorScheme.parse(Self.flat(values), file: "s")
    let imported = scheme.theme(named: "test")
    #expect(imported.theme.objections.isEmpty, "\(imported.notes)")
    let own = Set(scheme.colors.values.map(\.rgb))
    for role in Role.allCases {
      let style = try #require(imported.theme.own(role), "\(role)")
      for color in [style.foreground, style.background].compactMap(\.self) where !own.contains(color.rgb) {
        #expect(imported.notes.contains { $0.hasPrefix("\(role): ") && $0.contains("became \(color)") }, "\(role)")
      }
    }
    // Without corrections something would be wrong, or this proves nothing.
    #expect(!imported.notes.isEmpty)
  }

  @Test("A scheme of one colour cannot be mended, and that is said")
  func hopeless() throws {
    let gray = Array(repeating: "808080", count: 16).joined(separator: " ")
    let imported = try ColorScheme.parse(Self.flat(gray), file: "s").theme(named: "gray")
    #expect(imported.notes.contains { $0.hasPrefix("still: ") })
  }

  @Test("The written file reads as the same theme, whatever the scheme is called")
  func written() throws {
    let scheme = try ColorScheme.parse(Self.flat(Self.nord, title: "a\\u001b[31m\\nname: evil"), file: "s")
    let imported = scheme.theme(named: "nord-2")
    let palette = scheme.colors.sorted { $0.key < $1.key }.map { (name: ColorScheme.key($0.key), color: $0.value) }
    let text = ThemeText.yaml(imported.theme, comments: [scheme.title] + imported.notes, palette: palette)
    #expect(try ThemeLibrary(directories: []).theme(text, file: "t") == imported.theme)
    #expect(text.contains("foreground: base0") && !text.contains("\u{1B}"))
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("name: ") } == ["name: \"nord-2\""])
  }

  /// Whatever the colours are: importing ends, and a theme without remaining notes keeps the rules.
  @Test("Random schemes are mended or complained of, never passed over", arguments: 0..<12)
  func random(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    let values = (0..<16).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let digits = String(state >> 40, radix: 16)
      return String(repeating: "0", count: 6 - digits.count) + digits
    }
    let imported = try ColorScheme.parse(Self.flat(values.joined(separator: " ")), file: "s").theme(named: "r")
    let remaining = imported.notes.filter { $0.hasPrefix("still: ") }
    #expect(remaining.isEmpty == imported.theme.objections.isEmpty)
  }
}
