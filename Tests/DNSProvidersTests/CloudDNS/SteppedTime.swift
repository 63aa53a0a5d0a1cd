import Federation
import Synchronization

/// A wall clock that goes when a test says so.
final class SteppedTime: Sendable {
  private let time: Mutex<Timestamp>

  init(_ start: Timestamp = Timestamp(seconds: 1_800_000_000)) { time = Mutex(start) }

  var now: Timestamp { time.withLock { $0 } }

  func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
}
