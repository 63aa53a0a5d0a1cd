import Documents
import Glibc
import Terminal
import Testing

@testable import Dashboard

@Suite("Theme files")
struct ThemeFileTests {
  private static let folder: String = {
    let here = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return here.dropLast(4).joined(separator: "/") + "/Themes"
  }()

  @Test("Each built-in theme is what its file says", arguments: Theme.builtIn)
  func builtIn(theme: Theme) throws {
    let library = ThemeLibrary(directories: [Self.folder])
    #expect(library.problems.isEmpty)
    // The file must be there, or the library would hand out the built-in theme and prove nothing.
    #expect(access("\(Self.folder)/\(theme.name).yaml", R_OK) == 0)
    let file = try #require(library[theme.name])
    for role in Role.allCases { #expect(file.own(role) == theme.own(role), "\(theme.name): \(role)") }
    #expect(file == theme)
  }

  @Test("Without files there are still themes, and going round meets each")
  func withoutFiles() {
    let library = ThemeLibrary(directories: ["/nonexistent"])
    #expect(library.themes.map(\.name) == ["dark", "light"])
    #expect(library.next(after: "dark").name == "light")
    #expect(library.next(after: "light").name == "dark")
    #expect(library.next(after: "gone").name == "dark")
  }

  private static let head =
    "name: x\nroles:\n  background: { foreground: \"#ffffff\" }\n  text: { foreground: \"#ffffff\" }\n"

  @Test(
    "What is wrong with a theme is one line with its place",
    arguments: [
      ("name: x\nroles: {}\nfoo: 1\n", "t.yaml:3:1: "),
      (head + "  okay: { foreground: \"#ffffff\" }\n", "t.yaml:5:3: "),
      (head + "  ok: { fore: \"#ffffff\" }\n", "t.yaml:5:9: "),
      (head + "  ok: { foreground: \"#fffff\" }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: \"#+12345\" }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: red }\n", "t.yaml:5:21: a colour"),
      (head + "  ok: { foreground: \"#ffffff\", foreground16: pink }\n", "t.yaml:5:46: one of black"),
      (head + "  ok: { foreground16: red }\n", "t.yaml:5:23: foreground16 stands without"),
      (head + "  ok: { background: \"#ffffff\" }\n", "t.yaml:5:21: the role ok lies on others"),
      (head + "  ok: { attributes: [blink] }\n", "t.yaml:5:22: one of bold"),
      ("name: x\nroles:\n  text: { foreground: \"#ffffff\" }\n", "the role background needs"),
    ])
  func refused(text: String, expected: String) {
    let error = #expect(throws: DocumentError.self) { try Theme.parse(text, file: "t.yaml") }
    let message = error.map(\.description) ?? ""
    #expect(message.contains(expected), "\(message)")
    #expect(!message.contains("\n"))
  }
}
