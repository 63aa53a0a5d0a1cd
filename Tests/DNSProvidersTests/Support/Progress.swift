import Synchronization

/// How far readers have come, and whether they may stop.
final class Progress: Sendable {
  private let state = Mutex((count: 0, isDone: false))

  var count: Int { state.withLock { $0.count } }
  var isDone: Bool { state.withLock { $0.isDone } }

  func step() { state.withLock { $0.count += 1 } }
  func finish() { state.withLock { $0.isDone = true } }
}
