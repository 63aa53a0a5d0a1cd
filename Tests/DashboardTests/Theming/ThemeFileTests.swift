import Documents
import Glibc
import Terminal
import Testing

@testable import Dashboard

@Suite("Theme files")
struct ThemeFileTests {
  private static let head =
    "name: x\nroles:\n  background: { foreground: \"#ffffff\" }\n  text: { foreground: \"#ffffff\" }\n"

  private func theme(_ text: String) throws -> Theme {
    try ThemeLibrary(directories: []).theme(text, file: "t.yaml")
  }

  @Test(
    "What is wrong with a theme is one line with its place",
    arguments: [
      ("name: x\nroles: {}\nfoo: 1\n", "t.yaml:3:1: "),
      ("name: x\n", "t.yaml:1:1: \"roles\" is missing"),
      (head + "  okay: { foreground: \"#ffffff\" }\n", "t.yaml:5:3: "),
      (head + "  ok: { fore: \"#ffffff\" }\n", "t.yaml:5:9: "),
      (head + "  ok: { foreground: \"#fffff\" }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: \"#+12345\" }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: red }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: \"re\u{1B}[31md\" }\n", "t.yaml:"),
      (head + "  ok: { foreground: \"#ffffff\", foreground16: pink }\n", "t.yaml:5:46: one of black"),
      (head + "  ok: { foreground16: red }\n", "t.yaml:5:23: foreground16 stands without"),
      (head + "  ok: { background: \"#ffffff\" }\n", "t.yaml:5:21: the role ok lies on others"),
      (head + "  ok: { attributes: [blink] }\n", "t.yaml:5:22: one of bold"),
      (head + "palette: { a: 1 }\n", "t.yaml:5:15: a colour"),
      (head + "palette: { \"a b\": \"#ffffff\" }\n", "t.yaml:5:19: the name of a colour"),
      (head + "palette: { a: { color: \"#ffffff\", color16: pink } }\n", "one of black"),
      (head + "palette: { a: { color16: red } }\n", "t.yaml:5:15: \"color\" is missing"),
      (head + "  ok: { foreground: b }\npalette: { a: \"#ffffff\" }\n", "that has no b: it has a"),
      (head + "claims: [vision]\n", "t.yaml:5:10: one of highContrast"),
      ("name: x\ninherits: nowhere\n", "t.yaml:2:11: there is no theme of that name"),
      ("name: x\ninherits: x\n", "t.yaml:2:11: themes inherit in a circle (x, x)"),
      ("name: x\nroles:\n  text: { foreground: \"#ffffff\" }\n", "the role background needs"),
    ])
  func refused(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try theme(text) }
    let message = error.map(\.description) ?? ""
    #expect(message.contains(expected), "\(message)")
    #expect(!message.contains("\n") && !message.contains("\u{1B}"))
  }

  @Test("A role names a colour of the palette, and may choose its own among sixteen")
  func palette() throws {
    let theme = try theme(
      Self.head + """
          ok: { foreground: leaf }
          down: { foreground: leaf, foreground16: red }
          held: { foreground: sand }
        palette: { leaf: { color: "#00aa00", color16: cyan }, sand: "#cccc00" }

        """)
    #expect(theme.own(.ok)?.foreground == Color(0x00AA00, .cyan))
    #expect(theme.own(.down)?.foreground == Color(0x00AA00, .red))
    #expect(theme.own(.held)?.foreground == Color(0xCCCC00, .yellow))
  }

  @Test("What is inherited is replaced by whole roles and single colours, and inherited roles see the new colours")
  func inheritance() throws {
    let theme = try theme(
      """
      name: x
      inherits: light
      palette: { ink: "#202020" }
      roles: { down: { foreground: ink } }
      """)
    #expect(theme.name == "x")
    #expect(theme.own(.text)?.foreground?.rgb == 0x202020)
    #expect(theme.own(.down) == Style(foreground: Color(0x202020, .black)))
    #expect(theme.own(.held) == ThemeLibrary(directories: [])["light"]?.own(.held))
    #expect(theme.own(.held)?.attributes == Theme.dark.own(.held)?.attributes)
    #expect(theme.claims.isEmpty)
  }

  @Test("A claim is not inherited: what is changed may break it")
  func claims() throws {
    #expect(try theme("name: x\ninherits: high-contrast\n").claims.isEmpty)
    #expect(try theme("name: x\ninherits: dark\nclaims: [tritanopia]\n").claims == [.tritanopia])
  }
}
