import Synchronization

/// A clock that goes only when the test says so, and tells of everybody who begins to sleep by it.
final class SteppedClock: Clock, Sendable {
  struct Instant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private struct State {
    var now = Instant(offset: .zero)
    var next = 0
    var sleepers: [Int: (deadline: Instant, wake: CheckedContinuation<Void, any Error>)] = [:]
    var cancelled: Set<Int> = []
  }

  private let state = Mutex(State())
  /// How long each means to sleep who lies down. One reader.
  let sleeps: AsyncStream<Duration>
  private let begun: AsyncStream<Duration>.Continuation

  init() { (sleeps, begun) = AsyncStream.makeStream() }

  var now: Instant { state.withLock(\.now) }
  var minimumResolution: Duration { .nanoseconds(1) }

  func advance(by time: Duration) {
    let due = state.withLock { state in
      state.now = state.now.advanced(by: time)
      let due = state.sleepers.filter { $0.value.deadline <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.map(\.wake)
    }
    for wake in due { wake.resume() }
  }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    let (id, time) = state.withLock { state in
      state.next += 1
      return (state.next, state.now.duration(to: deadline))
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isAwake = state.withLock { state in
          if state.cancelled.remove(id) != nil || deadline <= state.now { return true }
          state.sleepers[id] = (deadline, continuation)
          return false
        }
        if isAwake { continuation.resume() } else { begun.yield(time) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.wake.resume(throwing: CancellationError())
    }
  }
}
