import Glibc

/// Standard output and error, written whole and at once.
struct FileOutput: Sendable {
  static let standard = FileOutput(descriptor: STDOUT_FILENO)
  static let error = FileOutput(descriptor: STDERR_FILENO)

  let descriptor: Int32

  /// Writes all of a text; a reader that went away is no error worth telling.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      bytes = bytes.dropFirst(written)
    }
  }

  func write(lines: [String]) { write(lines.map { $0 + "\n" }.joined()) }
}
