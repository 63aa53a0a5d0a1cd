import Dispatch
import GRDB
import Synchronization

/// A store kept in an SQLite file: every acknowledged write has been through fsync (WAL, `synchronous=FULL`).
///
/// Writes are committed on the connection's own thread, all that queued up during one fsync together with the next.
/// The write-ahead log is copied back into the file every 1000 pages (4 MB) and cut to 16 MB; the pages of what was
/// removed are used again, and given back to the file system when the store is opened.
package final class SQLiteLog: DurableLog {
  let path: String
  private let queue: DatabaseQueue
  private let lock: StoreLock
  private let waiting = Mutex(Waiting())

  private struct Waiting {
    var entries: [Entry] = []
    /// A turn of the connection's thread is due that will take the entries.
    var isDue = false
    /// Everything up to this epoch is refused, for what it was built on was.
    var refused: (epoch: UInt64, error: StorageError)?
    var keptThrough: UInt64?
  }

  private struct Entry {
    var batch: WriteBatch
    var answer: @Sendable (CommitOutcome) -> Void
  }

  init(path: String, queue: DatabaseQueue, lock: StoreLock) {
    self.path = path
    self.queue = queue
    self.lock = lock
  }

  package func append(_ batch: WriteBatch, answer: @escaping @Sendable (CommitOutcome) -> Void) {
    let calls = waiting.withLock { waiting in
      waiting.entries.append(Entry(batch: batch, answer: answer))
      defer { waiting.isDue = true }
      return !waiting.isDue
    }
    if calls { queue.asyncWriteWithoutTransaction { self.drain($0) } }
  }

  package func close() async {
    await withCheckedContinuation { done in
      queue.asyncWriteWithoutTransaction { db in
        self.drain(db)
        done.resume()
      }
    }
    await Self.onThread {
      try? self.queue.close()
      self.lock.release()
    }
  }

  /// Commits what is queued until nothing is; runs on the connection's thread.
  private func drain(_ db: Database) {
    while true {
      let (entries, refused, keptThrough) = waiting.withLock { waiting in
        defer { waiting.entries = [] }
        if waiting.entries.isEmpty { waiting.isDue = false }
        return (waiting.entries, waiting.refused, waiting.keptThrough)
      }
      if entries.isEmpty { return }
      var accepted = entries
      if let refused {
        accepted.removeAll { $0.batch.epoch <= refused.epoch }
        for entry in entries where entry.batch.epoch <= refused.epoch {
          entry.answer(.refused(refused.error, keptThrough: keptThrough))
        }
      }
      guard let last = accepted.last else { continue }
      let outcome = commit(accepted.map(\.batch), keptThrough: keptThrough, to: db)
      waiting.withLock { waiting in
        switch outcome {
        case .kept: waiting.keptThrough = accepted.lazy.flatMap(\.batch.events).last?.revision ?? keptThrough
        case .refused(let error, _): waiting.refused = (last.batch.epoch, error)
        }
      }
      for entry in accepted { entry.answer(outcome) }
    }
  }

  private func commit(_ batches: [WriteBatch], keptThrough: UInt64?, to db: Database) -> CommitOutcome {
    guard batches.contains(where: { !$0.events.isEmpty }) else { return .kept }
    do {
      try db.inTransaction(.immediate) {
        for event in batches.lazy.flatMap(\.events) { try SQLiteRows.write(event, to: db) }
        if let forgotten = batches.last?.forgotten { try SQLiteRows.forget(through: forgotten, in: db) }
        return .commit
      }
      return .kept
    } catch {
      return .refused(Self.refusal(error, path: path), keptThrough: keptThrough)
    }
  }

  /// How many pages the file may have from now on: a full disk for tests. Zero lifts it.
  func limitPages(to count: Int) async throws {
    try await queue.writeWithoutTransaction { db in
      let present = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(count == 0 ? 0xFFFF_FFFE : max(count, present))")
    }
  }

  /// What a commit's error means to whoever asked for the write.
  static func refusal(_ error: any Error, path: String) -> StorageError {
    guard let error = error as? DatabaseError else {
      return StorageError("the change could not be kept in \(path): \(error)")
    }
    if error.resultCode == .SQLITE_FULL {
      return StorageError("the change could not be kept: no space is left for \(path); make room and try again")
    }
    return StorageError(
      "the change could not be kept in \(path): \(error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")"
    )
  }

  /// Runs what blocks on a thread of its own.
  static func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue(label: "zonetop.store").async { continuation.resume(returning: body()) }
    }
  }
}
