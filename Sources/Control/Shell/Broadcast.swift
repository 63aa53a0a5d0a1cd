internal import Synchronization

/// The newest value for any number of readers: each gets what is current and then every newer one, skipping what it
/// was too slow for.
package final class Broadcast<Value: Sendable>: Sendable {
  private struct State {
    var newest: Value?
    var nextReader = 0
    var readers: [Int: AsyncStream<Value>.Continuation] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// The value sent last.
  package var newest: Value? { state.withLock { $0.newest } }

  package func send(_ value: Value) {
    // Continuations are resumed outside the lock: what they wake may come straight back here.
    let readers = state.withLock { state in
      state.newest = value
      return Array(state.readers.values)
    }
    for reader in readers { reader.yield(value) }
  }

  package func stream() -> AsyncStream<Value> {
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingNewest(1))
    let (id, newest) = state.withLock { state in
      state.nextReader += 1
      state.readers[state.nextReader] = continuation
      return (state.nextReader, state.newest)
    }
    continuation.onTermination = { [weak self] _ in
      self?.state.withLock { $0.readers[id] = nil }
    }
    if let newest { continuation.yield(newest) }
    return stream
  }
}
