import Synchronization

/// What a watch has to tell and nobody has taken yet, kept small: of each object only its last change, and nothing
/// from before a whole list.
final class WatchMailbox<Object: WatchedObject>: Sendable {
  private struct State {
    var queue: WatchQueue<Object>
    var reader: CheckedContinuation<WatchUpdate<Object>?, Never>?
    var isClosed = false
  }

  private let state: Mutex<State>

  init(keepsEveryState: Bool = false) {
    state = Mutex(State(queue: WatchQueue(keepsEveryState: keepsEveryState)))
  }

  func put(_ update: WatchUpdate<Object>) {
    let handover = state.withLock { state -> CheckedContinuation<WatchUpdate<Object>?, Never>? in
      guard let reader = state.reader else {
        state.queue.append(update)
        return nil
      }
      state.reader = nil
      return reader
    }
    handover?.resume(returning: update)
  }

  /// Ends the reader's waiting, now and later.
  func close() {
    let reader = state.withLock { state in
      state.isClosed = true
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: nil)
  }

  /// The oldest update; waits for one. For a single reader.
  func next() async -> WatchUpdate<Object>? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> WatchUpdate<Object>?? in
          if let update = state.queue.popFirst() { return .some(update) }
          if state.isClosed || state.reader != nil { return .some(nil) }
          state.reader = continuation
          return .none
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      close()
    }
  }
}
