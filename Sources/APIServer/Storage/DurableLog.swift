/// Where the writes of an endpoint are kept beyond the life of the process.
package protocol DurableLog: Sendable {
  /// Queues the changes of one write, in the order of the calls, and answers once they are kept or refused.
  ///
  /// It returns at once. Changes queued meanwhile are kept together. When some are refused, so is everything that was
  /// queued after them with the same ``WriteBatch/epoch``: it was built on them.
  func append(_ batch: WriteBatch, answer: @escaping @Sendable (CommitOutcome) -> Void)

  /// Returns when what was queued is answered and the log is closed.
  func close() async
}

/// The changes of one write.
package struct WriteBatch: Sendable {
  package var events: [StoreEvent]
  /// Events up to this revision are needed no longer.
  package var forgotten: UInt64
  /// Counts the refusals that the writer has heard of.
  package var epoch: UInt64
}

/// What became of a write.
package enum CommitOutcome: Sendable {
  case kept
  /// It is not kept; `keptThrough` is the last revision that this log has kept, nil when none yet.
  case refused(StorageError, keptThrough: UInt64?)
}

/// Why a store cannot be opened or a change cannot be kept; one line.
package struct StorageError: Error, Hashable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}
