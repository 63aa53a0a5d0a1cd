import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The file that a store lives in: how it is made, and how it is told from others before SQLite touches it.
enum SQLiteFile {
  /// `PRAGMA application_id` of our files: "ZTOP".
  static let applicationID: UInt32 = 0x5A54_4F50

  /// What each version of the file added; the version of a file is how many of these it has seen.
  static let migrations = [
    """
    CREATE TABLE start (revision INTEGER NOT NULL);
    CREATE TABLE objects (
      api_group TEXT NOT NULL, plural TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL, object TEXT NOT NULL,
      PRIMARY KEY (api_group, plural, namespace, name)
    );
    CREATE TABLE journal (
      revision INTEGER PRIMARY KEY, api_group TEXT NOT NULL, plural TEXT NOT NULL, namespace TEXT NOT NULL,
      name TEXT NOT NULL, is_removal INTEGER NOT NULL, previous TEXT
    );
    """
  ]

  /// Makes the file when there is none, whole or not at all; then checks that it is ours.
  static func prepare(_ path: String, startingAt revision: UInt64) throws {
    if access(path, F_OK) != 0 { try make(path, startingAt: revision) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, "cannot be read", errno) }
    defer { close(descriptor) }
    var header = [UInt8](repeating: 0, count: 100)
    guard read(descriptor, &header, header.count) == header.count, header.starts(with: "SQLite format 3\0".utf8),
      number(header[68..<72]) == applicationID
    else {
      throw StorageError("\(path) is no store of zonetop: it was left as it is; name another file")
    }
    let version = number(header[60..<64])
    guard Int(version) <= migrations.count else {
      throw StorageError(
        "the store \(path) was written by a newer zonetop (version \(version) of the file, this one knows up to "
          + "\(migrations.count)); it was left as it is")
    }
  }

  private static func make(_ path: String, startingAt revision: UInt64) throws {
    let draft = "\(path).new"
    for leftover in [draft, draft + "-journal"] { unlink(leftover) }
    defer { unlink(draft) }
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, "cannot be made", errno) }
    close(descriptor)
    let queue = try DatabaseQueue(path: draft)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA auto_vacuum = INCREMENTAL")
      try db.inTransaction {
        for migration in migrations { try db.execute(sql: migration) }
        try db.execute(sql: "INSERT INTO start VALUES (?)", arguments: [Int64(revision)])
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(migrations.count)")
        return .commit
      }
    }
    try queue.close()
    guard rename(draft, path) == 0 else { throw failure(path, "cannot be made", errno) }
    let folder = open(path.lastIndex(of: "/").map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw failure(path, "cannot be made", errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw failure(path, "cannot be made", errno) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

  private static func failure(_ path: String, _ what: String, _ code: Int32) -> StorageError {
    StorageError("the store \(path) \(what): \(String(cString: strerror(code)))")
  }
}
