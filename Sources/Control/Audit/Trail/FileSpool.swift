internal import Federation
internal import Glibc

/// Keeps audit entries that are not at the federation API yet in a file of this user, so that no ending of the process
/// loses one.
///
/// One file a process, locked for as long as it lives: a file whose lock is free was left by a process that is gone, and
/// is taken over. All calls block; they belong on a thread of their own.
package final class FileSpool: Sendable {
  private let descriptor: Int32
  private let path: String

  /// - Parameters:
  ///   - folder: only the user's own; must exist.
  ///   - name: what the files of one federation begin with.
  /// - Returns: nil when the file cannot be made; entries of earlier processes, oldest first.
  package static func open(folder: String, name: String) -> (spool: FileSpool, left: [AuditEntry])? {
    let prefix = "audit-\(name)."
    let path = "\(folder)/\(prefix)\(getpid()).\(UInt32.random(in: 0...UInt32.max)).jsonl"
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    flock(descriptor, LOCK_EX | LOCK_NB)
    let spool = FileSpool(descriptor: descriptor, path: path)
    var left: [AuditEntry] = []
    for other in files(in: folder, beginning: prefix) where other != path {
      let old = Glibc.open(other, O_RDWR | O_CLOEXEC)
      guard old >= 0 else { continue }
      defer { close(old) }
      guard flock(old, LOCK_EX | LOCK_NB) == 0 else { continue }
      let entries = read(old)
      // Kept in our own file before the other one goes.
      guard entries.isEmpty || spool.append(entries) else { continue }
      fdatasync(descriptor)
      unlink(other)
      left += entries
    }
    return (spool, left)
  }

  /// What every process of this user has not handed over yet, for whoever only looks.
  package static func peek(folder: String, name: String) -> [AuditEntry] {
    files(in: folder, beginning: "audit-\(name).").flatMap { path -> [AuditEntry] in
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return [] }
      defer { close(descriptor) }
      return read(descriptor)
    }
  }

  private init(descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// Adds entries in one write; false when the disk refuses.
  package func append(_ entries: [AuditEntry]) -> Bool {
    let text = entries.map { $0.line + "\n" }.joined()
    let bytes = Array(text.utf8)
    let before = lseek(descriptor, 0, SEEK_END)
    let isWhole = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) } == bytes.count
    if !isWhole { ftruncate(descriptor, before) }
    return isWhole
  }

  /// Forgets what was handed over, all but these entries.
  package func replace(by entries: [AuditEntry]) {
    ftruncate(descriptor, 0)
    if !entries.isEmpty { _ = append(entries) }
  }

  /// Forces what was written to the disk, against the machine's own death.
  package func sync() { fdatasync(descriptor) }

  /// Removes the file, when everything in it has been handed over.
  package func remove() { unlink(path) }

  private static func files(in folder: String, beginning prefix: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
      }
      if name.hasPrefix(prefix), name.hasSuffix(".jsonl") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  private static func read(_ descriptor: Int32) -> [AuditEntry] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    lseek(descriptor, 0, SEEK_SET)
    while bytes.count < 256 << 20 {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    return bytes.split(separator: UInt8(ascii: "\n")).compactMap {
      AuditEntry(line: String(decoding: $0, as: UTF8.self))
    }
  }
}
