import ArgumentParser
import Dashboard
import Documents
import Federation
import Glibc
import Terminal

struct ThemeImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a theme of a base16 or base24 scheme file and print it.",
    discussion: """
      Colours that could not be read, or that make two states look alike, are
      corrected; standard error and the file's head say which. What no correction
      can mend is said too.

      EXAMPLES
        zonetop theme import ocean.yaml            print it
        zonetop theme import ocean.yaml --name sea -o sea.yaml
        zonetop theme import ocean.yaml --save     where zonetop finds themes
      """)

  @Argument(help: "The scheme file (YAML); - reads standard input.") var file: String
  @Option(help: "What the theme is called: small letters, digits and hyphens; default: from the scheme's name.")
  var name: String?
  @Option(name: .shortAndLong, help: "Write the theme to this file.") var output: String?
  @Flag(help: "Write the theme where zonetop finds it by its name.") var save = false

  func run() throws {
    if save, output != nil { throw ValidationError("--save and --output exclude one another.") }
    let scheme: ColorScheme
    do { scheme = try ColorScheme.parse(try TextFile.read(file), file: cleanLine(file)) } catch let error
      as DocumentError
    {
      throw Failure(.failed, error.description)
    }
    let name = try themeName(scheme)
    let imported = scheme.theme(named: name)
    let palette = scheme.colors.sorted { $0.key < $1.key }.map { (name: ColorScheme.key($0.key), color: $0.value) }
    let text = ThemeText.yaml(
      imported.theme, comments: ["Made of the scheme \(scheme.title) by zonetop theme import."] + imported.notes,
      palette: palette)
    if let path = save ? try place(name) : output {
      try TextFile.write(text, to: path)
      FileOutput.error.write(lines: ["\(name): written to \(cleanLine(path))"])
    } else {
      FileOutput.standard.write(text)
    }
    FileOutput.error.write(lines: imported.notes.map { "\(name): \($0)" })
  }

  private func themeName(_ scheme: ColorScheme) throws -> String {
    let allowed = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    if let name {
      guard !name.isEmpty, name.utf8.count <= 64, name.utf8.allSatisfy({ allowed($0) || $0 == UInt8(ascii: "-") })
      else {
        throw Failure(.usage, "--name \(cleanLine(name)): write small letters, digits and hyphens, 64 at most")
      }
      return name
    }
    let words = scheme.title.lowercased().utf8.split { !allowed($0) }.map { String(decoding: $0, as: UTF8.self) }
    let name = String(words.joined(separator: "-").prefix(64))
    guard !name.isEmpty else {
      throw Failure(.failed, "the scheme's name has no letter to make a theme's name of: give one with --name")
    }
    return name
  }

  /// The file of a name in the user's folder of themes, which is made where it is missing.
  private func place(_ name: String) throws -> String {
    var path = ""
    for part in ThemeFiles.folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o755)
    }
    return "\(path)/\(name).yaml"
  }
}
