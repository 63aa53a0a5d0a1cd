import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right of one process to write to a store: a lock on the file beside it, which ends with ``release()`` or the
/// process.
final class StoreLock: Sendable {
  private let held: Mutex<Int32?>

  /// - Throws: when another process holds it, with its number.
  init(besides path: String) throws(StorageError) {
    let file = path + ".lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StorageError("cannot open the store \(path): cannot make \(file): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var digits = [UInt8](repeating: 0, count: 20)
      let count = max(0, read(descriptor, &digits, digits.count))
      let holder = Int(String(decoding: digits[..<count], as: UTF8.self)).map { " (process \($0))" } ?? ""
      close(descriptor)
      throw StorageError("the store \(path) is in use by another process\(holder); stop it or name another store")
    }
    let holder = Array(String(getpid()).utf8)
    ftruncate(descriptor, 0)
    _ = pwrite(descriptor, holder, holder.count, 0)
    held = Mutex(descriptor)
  }

  deinit { release() }

  func release() {
    held.withLock { held in
      if let descriptor = held { close(descriptor) }
      held = nil
    }
  }
}
