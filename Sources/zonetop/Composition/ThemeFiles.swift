import Dashboard
import Documents
import Federation
import Terminal

/// Finds themes: the built-in ones and those of the user.
enum ThemeFiles {
  /// What is shown when nobody has chosen.
  private static let standard = "default"

  /// Where the user's themes are, one file each.
  static var folder: String {
    "\(Environment["XDG_CONFIG_HOME"] ?? "\(Environment.home)/.config")/zonetop/themes"
  }

  /// What is shown when nobody has chosen and the user's own files must not count.
  static var builtIn: Theme { ThemeLibrary(directories: [])[standard] ?? .dark }

  static var library: ThemeLibrary { ThemeLibrary(directories: [folder]) }

  /// The themes that `T` goes round, the chosen one first.
  ///
  /// - Parameter name: a theme's name, or the path of a theme file; nil takes `default`.
  static func all(first name: String?) throws -> [Theme] {
    let library = library
    let chosen: Theme
    if let name, name.contains("/") {
      do { chosen = try read(name) } catch let error as DocumentError { throw Failure(.failed, error.description) }
    } else if let theme = library[name ?? standard] {
      chosen = theme
    } else {
      let known = library.themes.map(\.name).joined(separator: ", ")
      throw Failure(.failed, "there is no theme \(cleanLine(name ?? standard)); there are \(known)")
    }
    return [chosen] + library.themes.filter { $0.name != chosen.name }
  }

  /// Reads a theme file; it may inherit what lies beside it, what the user has and what is built in.
  static func read(_ path: String) throws -> Theme {
    let beside = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
    let library = ThemeLibrary(directories: [beside.isEmpty ? "/" : beside, folder])
    return try library.theme(try TextFile.read(path), file: cleanLine(path))
  }
}
