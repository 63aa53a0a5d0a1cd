internal import Synchronization

/// A pause that somebody else may end early. One sleeper at a time.
final class Nap: Sendable {
  private let task = Mutex<Task<Void, Never>?>(nil)

  /// Returns when the time is over, when ``end()`` is called, or when the caller is cancelled.
  func take(_ time: Duration, on clock: any Clock<Duration>) async {
    let sleep = Task { _ = try? await clock.sleep(for: time) }
    task.withLock { $0 = sleep }
    await withTaskCancellationHandler {
      await sleep.value
    } onCancel: {
      sleep.cancel()
    }
    task.withLock { $0 = nil }
  }

  /// Ends the pause that is being taken; a later one is not touched.
  func end() { task.withLock { $0 }?.cancel() }
}
