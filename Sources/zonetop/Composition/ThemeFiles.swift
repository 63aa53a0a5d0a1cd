import Dashboard
import Documents
import Federation
import Glibc
import Terminal

/// Finds themes: the built-in one, those of the user, and those that came with the program.
enum ThemeFiles {
  /// Folders that are searched, first found wins.
  static var folders: [String] {
    var folders = ["\(Environment["XDG_CONFIG_HOME"] ?? "\(Environment.home)/.config")/zonetop/themes", "Themes"]
    // Beside the checkout that the binary was built in: .build/debug/zonetop.
    if let binary = realpath("/proc/self/exe", nil) {
      defer { free(binary) }
      let parts = String(cString: binary).split(separator: "/", omittingEmptySubsequences: true)
      if let build = parts.lastIndex(where: { $0.hasPrefix(".build") }) {
        folders.append("/" + parts[..<build].joined(separator: "/") + "/Themes")
      }
    }
    return folders
  }

  /// The themes that `T` goes round, the chosen one first.
  ///
  /// - Parameter name: a theme's name, or the path of a theme file; nil takes `dark`.
  static func all(first name: String?) throws -> [Theme] {
    let library = ThemeLibrary(directories: folders)
    let chosen: Theme
    if let name, name.contains("/") {
      do { chosen = try Theme.parse(try TextFile.read(name), file: name) } catch let error as DocumentError {
        throw Failure(.failed, error.description)
      }
    } else if let theme = library[name ?? "dark"] {
      chosen = theme
    } else {
      let known = library.themes.map(\.name).joined(separator: ", ")
      throw Failure(.failed, "there is no theme \(cleanLine(name ?? "")); there are \(known)")
    }
    return [chosen] + library.themes.filter { $0.name != chosen.name }
  }
}
