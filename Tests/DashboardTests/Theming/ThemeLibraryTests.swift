import Documents
import Foundation
import Terminal
import Testing

@testable import Dashboard

@Suite("Themes to choose from")
struct ThemeLibraryTests {
  static let shipped = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../Themes").standardizedFileURL

  /// A folder of theme files that goes with the test.
  private func library(_ files: [String: String]) throws -> ThemeLibrary {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("themes-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return ThemeLibrary(directories: [folder.path])
  }

  @Test("Every file of Themes/ is built in, byte for byte, under its name, and is a theme")
  func builtIn() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.shipped.path).sorted()
    #expect(files.count >= 12)
    #expect(BuiltInThemes.texts.map(\.file).sorted() == files)
    let library = ThemeLibrary(directories: ["/nonexistent"])
    #expect(library.problems.isEmpty)
    #expect(library.entries.allSatisfy { $0.file == nil })
    #expect(library.themes.map { "\($0.name).yaml" }.sorted() == files)
    for (file, bytes) in BuiltInThemes.texts {
      #expect(Data(bytes) == (try Data(contentsOf: Self.shipped.appendingPathComponent(file))), "\(file)")
    }
    for name in ["default", "dark", "light", "mono"] { #expect(library[name] != nil) }
    #expect(Theme.dark == library["dark"])
  }

  @Test("A file takes the place of a built-in theme, may inherit it, and changes no other built-in one")
  func replaced() throws {
    let library = try library([
      "a.yaml": "name: dark\ninherits: light\n", "b.yaml": "name: nord\ninherits: nord\nclaims: [tritanopia]\n",
      "c.yaml": "name: new\ninherits: dark\n",
    ])
    let builtIn = ThemeLibrary(directories: [])
    #expect(library.problems.isEmpty)
    #expect(library["dark"]?.own(.text) == builtIn["light"]?.own(.text))
    #expect(library["new"]?.own(.text) == builtIn["light"]?.own(.text))
    #expect(library["gruvbox"] == builtIn["gruvbox"])
    #expect(library["light"] == builtIn["light"])
    #expect(library["nord"]?.own(.ok) == builtIn["nord"]?.own(.ok))
    #expect(library["nord"]?.claims == [.tritanopia])
    #expect(library.entries.first { $0.theme.name == "nord" }?.file?.hasSuffix("/b.yaml") == true)
    #expect(library.entries.first { $0.theme.name == "light" }.map { $0.file == nil } == true)
  }

  @Test("A file that is no theme is told of, and what is built in stays")
  func broken() throws {
    let library = try library([
      "a.yaml": "name: nord\ninherits: nowhere\n", "b.yaml": "roles: 1\n", "c.yaml": "name: c\ninherits: d\n",
      "d.yaml": "name: d\ninherits: c\n", "e.txt": "x",
    ])
    let problems = library.problems.map(\.description)
    #expect(problems.count == 4, "\(problems)")
    #expect(
      problems.contains {
        $0.hasSuffix("d.yaml:2:11: themes inherit in a circle (c, d, c): let one of them inherit nothing")
      })
    #expect(library["nord"]?.hasColors == true)
    #expect(library["c"] == nil)
  }
}
