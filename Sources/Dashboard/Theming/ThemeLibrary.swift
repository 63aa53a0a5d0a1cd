package import Documents
import Glibc
package import Terminal

/// The themes one can choose from: the built-in ones and the files `*.yaml` of some directories.
package struct ThemeLibrary: Sendable {
  /// By name. A file's theme takes the place of a built-in one of the same name; of two files the earlier directory's.
  package let themes: [Theme]
  /// The files that are no themes, each with its reason.
  package let problems: [DocumentError]

  /// Reads every theme file of `directories`; one that cannot be read is as if it were empty. Blocks for as long as the
  /// files take to read.
  package init(directories: [String]) {
    var found: [String: Theme] = [:]
    var problems: [DocumentError] = []
    for directory in directories {
      for file in Self.files(in: directory) {
        do throws(DocumentError) {
          let theme = try Theme.parse(Self.read(file), file: file)
          if found[theme.name] == nil { found[theme.name] = theme }
        } catch { problems.append(error) }
      }
    }
    for theme in Theme.builtIn where found[theme.name] == nil { found[theme.name] = theme }
    themes = found.values.sorted { $0.name < $1.name }
    self.problems = problems
  }

  /// The theme of a name; nil when there is none.
  package subscript(name: String) -> Theme? { themes.first { $0.name == name } }

  /// The theme that follows `name` when one goes round.
  package func next(after name: String) -> Theme {
    let index = themes.firstIndex { $0.name == name } ?? -1
    return themes[(index + 1) % themes.count]
  }

  private static func files(in directory: String) -> [String] {
    guard let stream = opendir(directory) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append("\(directory)/\(name)") }
    }
    return names.sorted()
  }

  /// The most of a file that is read; a theme has 4 KB.
  private static let limit = 1 << 16

  private static func read(_ path: String) throws(DocumentError) -> String {
    func problem(_ message: String) -> DocumentError {
      DocumentError(name: path, position: DocumentPosition(line: 1, column: 1), message: message)
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw problem("cannot be read: \(String(cString: strerror(errno)))") }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var count = 0
    while count <= limit {
      let taken = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress?.advanced(by: count), $0.count - count)
      }
      if taken < 0, errno == EINTR { continue }
      guard taken >= 0 else { throw problem("cannot be read: \(String(cString: strerror(errno)))") }
      if taken == 0 { break }
      count += taken
    }
    guard count <= limit else { throw problem("is larger than 64 KiB: this is no theme") }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
