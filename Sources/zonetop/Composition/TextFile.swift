import Federation
import Glibc

/// Small text files: read whole before anything runs, so that blocking is nobody's loss.
enum TextFile {
  /// No file that zonetop reads by itself is larger, in bytes.
  static let limit = 64 << 20

  /// Reads a UTF-8 file; `-` is standard input.
  static func read(_ path: String) throws -> String {
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw Failure(.failed, "\(cleanLine(path)) is not UTF-8 text")
    }
    return text
  }

  /// Reads a file as it is; `-` is standard input.
  static func bytes(_ path: String) throws -> [UInt8] {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", path) }
    defer { if path != "-" { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { break }
      guard count > 0 else { throw failure("read", path) }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw Failure(.failed, "\(cleanLine(path)) is larger than 64 MiB; is it the right file?")
      }
    }
    return bytes
  }

  /// Writes a small file whole or not at all, for this user only; a disk that refuses is no reason to stop.
  static func replace(_ path: String, by text: String) {
    let draft = "\(path).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let bytes = Array(text.utf8)
    let isWhole = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == bytes.count
    close(descriptor)
    if !isWhole || rename(draft, path) != 0 { unlink(draft) }
  }

  /// Writes a file that was asked for, in place of what is there.
  static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("write", path) }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { throw failure("write", path) }
      bytes = bytes.dropFirst(written)
    }
  }

  private static func failure(_ verb: String, _ path: String) -> Failure {
    Failure(.failed, "cannot \(verb) \(cleanLine(path)): \(String(cString: strerror(errno)))")
  }
}
