import Synchronization

@testable import APIServer

/// A log that answers when it is told to.
final class HeldLog: DurableLog {
  private let state = Mutex(State())

  private struct State {
    var held: [(batch: WriteBatch, answer: @Sendable (CommitOutcome) -> Void)] = []
    var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  func append(_ batch: WriteBatch, answer: @escaping @Sendable (CommitOutcome) -> Void) {
    let woken = state.withLock { state in
      state.held.append((batch, answer))
      let count = state.held.count
      defer { state.watchers.removeAll { $0.count <= count } }
      return state.watchers.filter { $0.count <= count }
    }
    for watcher in woken { watcher.continuation.resume() }
  }

  func close() async {}

  /// Returns once so many writes wait for their answer.
  func holds(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.held.count >= count { return true }
        state.watchers.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Answers all that wait, oldest first.
  func answer(_ outcome: CommitOutcome) {
    let held = state.withLock { state in
      defer { state.held = [] }
      return state.held
    }
    for entry in held { entry.answer(outcome) }
  }
}
