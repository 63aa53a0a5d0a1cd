internal import Synchronization

/// Keys that wait to be worked on: each once, never by two workers at a time, and again when it was added meanwhile.
final class WorkQueue<Key: Hashable & Sendable>: Sendable {
  private struct State {
    var order: [Key] = []
    var head = 0
    var waiting: Set<Key> = []
    var busy: Set<Key> = []
    var again: Set<Key> = []
    var later: [Key: ContinuousClock.Instant] = [:]
    var workers: [(id: UInt64, continuation: CheckedContinuation<Key?, Never>)] = []
    var nextWorker: UInt64 = 0
    var isClosed = false

    mutating func take() -> Key? {
      guard head < order.count else { return nil }
      let key = order[head]
      head += 1
      if head > 256, head > order.count / 2 {
        order.removeFirst(head)
        head = 0
      }
      waiting.remove(key)
      busy.insert(key)
      return key
    }
  }

  private let state = Mutex(State())

  /// Adds a key, unless it waits already.
  func add(_ key: Key) {
    let handover = state.withLock { state -> (CheckedContinuation<Key?, Never>, Key)? in
      state.later[key] = nil
      if state.busy.contains(key) {
        state.again.insert(key)
        return nil
      }
      guard state.waiting.insert(key).inserted else { return nil }
      state.order.append(key)
      guard !state.workers.isEmpty, let next = state.take() else { return nil }
      return (state.workers.removeFirst().continuation, next)
    }
    handover?.0.resume(returning: handover?.1)
  }

  /// Adds a key at a time to come, or sooner where that was asked for before; ``release(at:)`` lets it in.
  func add(_ key: Key, at time: ContinuousClock.Instant) {
    state.withLock { $0.later[key] = min(time, $0.later[key] ?? time) }
  }

  /// Lets in the keys whose time has come.
  func release(at now: ContinuousClock.Instant) {
    let due = state.withLock { $0.later.filter { $0.value <= now }.map(\.key) }
    for key in due { add(key) }
  }

  /// The next key to work on; waits for one, and is nil when the queue is closed or the task cancelled.
  func next() async -> Key? {
    let id = state.withLock { state in
      state.nextWorker += 1
      return state.nextWorker
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Key?? in
          if state.isClosed || Task.isCancelled { return .some(nil) }
          if let key = state.take() { return .some(key) }
          state.workers.append((id, continuation))
          return .none
        }
        if let ready { continuation.resume(returning: ready) }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        let index = state.workers.firstIndex { $0.id == id }
        return index.map { state.workers.remove(at: $0).continuation }
      }
      waiting?.resume(returning: nil)
    }
  }

  /// Ends the work on a key; it comes again when it was added meanwhile.
  func done(_ key: Key) {
    let comesAgain = state.withLock { state in
      state.busy.remove(key)
      return state.again.remove(key) != nil
    }
    if comesAgain { add(key) }
  }

  /// Ends all waiting, now and later.
  func close() {
    let workers = state.withLock { state in
      state.isClosed = true
      defer { state.workers = [] }
      return state.workers
    }
    for worker in workers { worker.continuation.resume(returning: nil) }
  }
}
