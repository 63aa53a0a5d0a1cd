import Federation
import Glibc

/// Files that nobody but this user may read: keys, tokens, kubeconfigs.
enum SecretFile {
  /// What a file holds; nil when there is none.
  ///
  /// - Throws: when others may read it: what it holds may be known, and that is for a person to judge.
  static func read(_ path: String) throws -> String? {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      if errno == ENOENT { return nil }
      throw failure("read", path)
    }
    guard facts.st_mode & 0o077 == 0 else {
      throw Failure(
        .failed,
        "\(cleanLine(path)) can be read by others; if nobody has, `chmod 600` it, else remove it to have it made anew")
    }
    return try TextFile.read(path)
  }

  /// Replaces a file whole or not at all, through a crash too.
  static func write(_ text: String, to path: String) throws {
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("write", path) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      rest = rest.dropFirst(count)
    }
    let isKept = rest.isEmpty && fsync(descriptor) == 0
    let reason = errno
    close(descriptor)
    guard isKept, rename(draft, path) == 0 else {
      if isKept { errno = errno } else { errno = reason }
      let failure = failure("write", path)
      unlink(draft)
      throw failure
    }
    syncFolder(of: path)
  }

  /// Makes a folder that only this user may enter, with those above it.
  static func makeFolder(_ folder: String) throws {
    var path = folder.hasPrefix("/") ? "" : "."
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      guard mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EISDIR || errno == EROFS else {
        throw failure("make", folder)
      }
    }
    guard access(folder, W_OK | X_OK) == 0 else { throw failure("write into", folder) }
  }

  private static func syncFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ verb: String, _ path: String) -> Failure {
    Failure(.failed, "cannot \(verb) \(cleanLine(path)): \(String(cString: strerror(errno)))")
  }
}
