import Control
import Dashboard
import Documents
import Federation
import JSON
import Terminal

/// What `theme list` prints.
struct ThemeReport {
  private let library: ThemeLibrary

  init(_ library: ThemeLibrary) { self.library = library }

  var lines: [String] {
    var table = TextTable(["THEME", "FROM", "HELD TO"])
    for entry in library.entries {
      table.add([
        entry.theme.name, entry.file.map { cleanLine($0) } ?? "built in", claims(entry.theme).joined(separator: ", "),
      ])
    }
    return table.lines
  }

  var json: JSONValue {
    .array(
      library.entries.map { entry in
        [
          "name": .string(entry.theme.name), "file": entry.file.map { .string(cleanLine($0)) } ?? .null,
          "claims": .array(claims(entry.theme).map(JSONValue.string)),
        ]
      })
  }

  /// The files that are no themes, one line each.
  var problems: [String] { library.problems.map { cleanLine($0.description) } }

  private func claims(_ theme: Theme) -> [String] { theme.claims.map(\.rawValue).sorted() }
}
