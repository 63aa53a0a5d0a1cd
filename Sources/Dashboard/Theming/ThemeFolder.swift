import Documents
import Glibc

/// A folder of theme files.
enum ThemeFolder {
  /// Its files `*.yaml`, by name; none where it cannot be read.
  static func files(in directory: String) -> [String] {
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

  static func read(_ path: String) throws(DocumentError) -> String {
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
