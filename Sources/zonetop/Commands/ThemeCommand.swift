import ArgumentParser
import Dashboard
import Documents
import Federation
import Glibc
import JSON
import Terminal

struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme",
    abstract: "List the themes, check one, make one of a base16 or base24 scheme.",
    discussion: """
      Themes are built in or lie in $XDG_CONFIG_HOME/zonetop/themes. Choose one
      with --theme NAME, with dashboard: { theme: NAME } in the configuration, or
      with T in the dashboard.

      EXAMPLES
        zonetop theme list
        zonetop theme check ~/.config/zonetop/themes/mine.yaml
        zonetop theme import ocean.yaml --save        then: zonetop --theme ocean
      """,
    subcommands: [ThemeList.self, ThemeCheck.self, ThemeImport.self], defaultSubcommand: ThemeList.self)
}

struct ThemeList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the themes, where each comes from and what it is held to.")

  @Option(name: .shortAndLong, help: "table or json.") var output: TableOrJSON = .table

  func run() throws {
    let report = ThemeReport(ThemeFiles.library)
    switch output {
    case .table: FileOutput.standard.write(lines: report.lines)
    case .json: FileOutput.standard.write(report.json.text(.pretty) + "\n")
    }
    FileOutput.error.write(lines: report.problems.map { "zonetop: \($0)" })
  }
}

struct ThemeCheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is hard to read or looks alike in a theme, one line each; exit with 3 when something is.",
    discussion: """
      Text needs a contrast of 4.5 on every ground it is shown on, lines and what
      may be overlooked 3; states must keep apart, for eyes with a colour
      deficiency by an attribute at least. A theme that claims more is held to it.

      EXAMPLES
        zonetop theme check mine.yaml
        zonetop theme check nord          a theme by name
      """)

  @Argument(help: "A theme file, or the name of a theme; - reads standard input.") var file: String

  func run() throws {
    let theme: Theme
    do {
      if !file.contains("/"), !file.hasSuffix(".yaml"), let known = ThemeFiles.library[file] {
        theme = known
      } else {
        theme = try ThemeFiles.read(file)
      }
    } catch let error as DocumentError {
      FileOutput.standard.write(lines: [error.description])
      throw Failure(.checkFound)
    }
    let objections = theme.objections
    FileOutput.standard.write(lines: objections.map { "\(theme.name): \($0)" })
    guard objections.isEmpty else { throw Failure(.checkFound) }
    FileOutput.standard.write(lines: ["\(theme.name): nothing to object"])
  }
}
