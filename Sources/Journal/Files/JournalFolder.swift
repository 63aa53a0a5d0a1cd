import Federation
import Glibc

/// The folder of journals: this user's own.
struct JournalFolder {
  let path: String
  private let descriptor: Int32

  /// Opens the folder, and makes it when it is missing; the one around it must exist.
  ///
  /// - Throws: ``JournalError`` when it is a link, somebody else's, or one that others may write.
  static func open(_ path: String) throws(JournalError) -> JournalFolder {
    mkdir(path, 0o700)
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw trouble("open", path) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0, facts.st_uid == geteuid(), facts.st_mode & 0o022 == 0 else {
      close(descriptor)
      throw JournalError(
        description: "\(cleanLine(path)) is somebody else's or others may write to it: `chmod 700` it if it is yours")
    }
    return JournalFolder(path: path, descriptor: descriptor)
  }

  func close() { Self.close(descriptor) }

  /// Makes a file that was not there, for this user alone, and locks it for as long as it is open.
  func make(_ name: String) throws(JournalError) -> Int32 {
    let file = openat(
      descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, mode_t(0o600))
    guard file >= 0 else { throw Self.trouble("make", "\(path)/\(name)") }
    flock(file, LOCK_EX | LOCK_NB)
    return file
  }

  /// Removes the oldest journals until those that are left take at most so many bytes. Files that a process still
  /// writes stay.
  func prune(to bytes: Int) {
    var files: [(name: String, written: Int, size: Int)] = []
    for name in names {
      var facts = stat()
      guard fstatat(descriptor, name, &facts, AT_SYMLINK_NOFOLLOW) == 0, facts.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      files.append((name, Int(facts.st_mtim.tv_sec), Int(facts.st_size)))
    }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { ($0.written, $0.name) < ($1.written, $1.name) }) where total > bytes {
      guard isFree(file.name), unlinkat(descriptor, file.name, 0) == 0 else { continue }
      total -= file.size
    }
  }

  private func isFree(_ name: String) -> Bool {
    let file = openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { Self.close(file) }
    return flock(file, LOCK_EX | LOCK_NB) == 0
  }

  private var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
      }
      if name.hasPrefix(JournalWriter.prefix), name.hasSuffix(JournalWriter.suffix) { names.append(name) }
    }
    return names
  }

  private static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  static func trouble(_ verb: String, _ path: String) -> JournalError {
    JournalError(description: "cannot \(verb) \(cleanLine(path)): \(String(cString: strerror(errno)))")
  }
}
