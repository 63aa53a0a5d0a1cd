internal import Synchronization

/// A pause that somebody else may end early, also one that is only about to begin. One sleeper at a time.
final class Nap: Sendable {
  private struct State {
    var sleep: Task<Void, Never>?
    /// Ended before it began.
    var isEnded = false
  }
  private let state = Mutex(State())

  /// Returns when the time is over, when ``end()`` is called or was called since the last pause or ``clear()``, or when
  /// the caller is cancelled.
  func take(_ time: Duration, on clock: any Clock<Duration>) async {
    let sleep = state.withLock { state -> Task<Void, Never>? in
      defer { state.isEnded = false }
      guard !state.isEnded else { return nil }
      let sleep = Task { _ = try? await clock.sleep(for: time) }
      state.sleep = sleep
      return sleep
    }
    guard let sleep else { return }
    await withTaskCancellationHandler {
      await sleep.value
    } onCancel: {
      sleep.cancel()
    }
    state.withLock { $0.sleep = nil }
  }

  /// Ends the pause that is being taken, or the next one.
  func end() {
    state.withLock { state in
      if let sleep = state.sleep { sleep.cancel() } else { state.isEnded = true }
    }
  }

  /// Forgets that the next pause was ended: whoever is about to take it has seen why.
  func clear() { state.withLock { $0.isEnded = false } }
}
