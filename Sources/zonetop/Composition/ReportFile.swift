import Federation
import Glibc

/// A report that a person asked for: a new file, readable by this user alone.
enum ReportFile {
  /// Writes a file that is not there yet.
  ///
  /// - Throws: ``Failure`` in one line; what is there is never written over.
  static func write(_ text: String, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let way = errno == EEXIST ? "; give another name" : ""
      throw Failure(.failed, "cannot write \(cleanLine(path)): \(String(cString: strerror(errno)))\(way)")
    }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let reason = errno
    close(descriptor)
    guard rest.isEmpty else {
      unlink(path)
      throw Failure(.failed, "cannot write \(cleanLine(path)): \(String(cString: strerror(reason)))")
    }
  }
}
