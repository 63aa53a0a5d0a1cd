import GRDB

extension SQLiteLog {
  /// Opens the store at a path, which is made when there is none, with everything that was ever acknowledged.
  ///
  /// Costs one read of the whole file: SQLite's own integrity check, and that of the journal against the objects.
  ///
  /// - Parameters:
  ///   - revision: where a new store begins.
  ///   - journalCapacity: how many events are kept at least, for watches that carry on after a restart.
  /// - Throws: one line when the file is damaged, of another program, of a newer zonetop, or in use. It is left alone.
  package static func open(
    _ path: String, startingAt revision: UInt64 = 1, journalCapacity: Int = 2048
  ) async throws(StorageError) -> KeptStore {
    let result: Result<KeptStore, StorageError> = await onThread {
      do {
        let lock = try StoreLock(besides: path)
        try SQLiteFile.prepare(path, startingAt: revision)
        let store = try check(path, journalCapacity: journalCapacity)
        return .success(KeptStore(store: store, log: try connect(path, lock)))
      } catch let error as StorageError {
        return .failure(error)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
        return .failure(StorageError("the store \(path) is locked by another program; close it there and try again"))
      } catch {
        let reason = (error as? DatabaseError)?.message ?? "\(error)"
        return .failure(StorageError("cannot open the store \(path): \(reason)"))
      }
    }
    return try result.get()
  }

  /// Reads everything through a connection that cannot write, so that a damaged file stays as it is.
  private static func check(_ path: String, journalCapacity: Int) throws -> ResourceStore {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let store = try queue.read { db in
        let complaint = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)") ?? "no answer"
        guard complaint == "ok" else { throw StorageError(complaint) }
        return try SQLiteRows.read(db, journalCapacity: journalCapacity)
      }
      try queue.close()
      return store
    } catch let error as DatabaseError where error.resultCode != .SQLITE_CORRUPT && error.resultCode != .SQLITE_NOTADB {
      throw error
    } catch {
      let reason = (error as? StorageError)?.description ?? (error as? DatabaseError)?.message ?? "\(error)"
      let line = reason.split(separator: "\n").joined(separator: " ")
      throw StorageError(
        "the store \(path) is damaged (\(line)); it was left as it is: bring it back from a copy, or move it away")
    }
  }

  private static func connect(_ path: String, _ lock: StoreLock) throws -> SQLiteLog {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      guard mode == "wal" else {
        throw StorageError("the store \(path) cannot be written ahead (journal mode \(mode ?? "unknown"))")
      }
      try db.execute(sql: "PRAGMA synchronous = FULL")
      _ = try Row.fetchAll(db, sql: "PRAGMA journal_size_limit = \(16 << 20)")
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      for (index, migration) in SQLiteFile.migrations.enumerated().dropFirst(version) {
        try db.inTransaction {
          try db.execute(sql: migration)
          try db.execute(sql: "PRAGMA user_version = \(index + 1)")
          return .commit
        }
      }
      // Only thrift: a full disk must not keep the server from starting.
      _ = try? Row.fetchAll(db, sql: "PRAGMA incremental_vacuum")
    }
    return SQLiteLog(path: path, queue: queue, lock: lock)
  }
}
