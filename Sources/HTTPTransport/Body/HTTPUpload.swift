import Synchronization

/// A request body that is written while it is sent, by a task beside the one that awaits the answer:
///
///     async let answer = transport.send(HTTPRequest(method: "PUT", url: url, upload: upload))
///     for try await line in lines { try await upload.write(line) }
///     upload.finish()
///
/// A writer waits while more than 256 KiB are unsent. When the transfer ends early every write throws.
package final class HTTPUpload: Sendable {
  /// What the transfer finds when it asks for bytes.
  enum Supply {
    case bytes(Int)
    case end
    /// Nothing now: the transfer pauses until the writer's next step.
    case later
  }

  private struct State {
    var bytes: [UInt8] = []
    var position = 0
    var finished = false
    var failure: HTTPError?
    var signals: TransferSignals?
    var starved = false
    var writer: CheckedContinuation<Void, Never>?

    var unsent: Int { bytes.count - position }
  }

  /// The number of bytes, where it is known; nil sends chunks (HTTP/1.1) or frames (HTTP/2).
  package let length: Int?
  private let state = Mutex(State())
  private static let highWater = 256 * 1024

  package init(length: Int? = nil) {
    self.length = length
  }

  /// Hands over bytes; waits while the server is slow.
  ///
  /// - Throws: the transfer's error once it is over, `cancelled` when the task is.
  package func write(_ bytes: [UInt8]) async throws(HTTPError) {
    let (failure, signals) = state.withLock { state -> (HTTPError?, TransferSignals?) in
      if let failure = state.failure { return (failure, nil) }
      if state.position > 0 {
        state.bytes.removeFirst(state.position)
        state.position = 0
      }
      state.bytes += bytes
      defer { state.starved = false }
      return (nil, state.starved ? state.signals : nil)
    }
    if let failure { throw failure }
    signals?.resume()
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.unsent > Self.highWater, state.failure == nil, state.writer == nil, !Task.isCancelled else {
            return false
          }
          state.writer = continuation
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      fail(HTTPError(.cancelled, "the writer of the request went away"))
    }
    if let failure = state.withLock({ $0.failure }) { throw failure }
  }

  /// Says that all has been written.
  package func finish() {
    let signals = state.withLock { state -> TransferSignals? in
      state.finished = true
      return state.signals
    }
    signals?.resume()
  }

  /// Ends the request early, so that the server sees a broken one rather than a short one.
  package func fail(_ error: HTTPError) {
    let signals = state.withLock { $0.signals }
    close(error)
    signals?.abort()
  }

  /// Names the transfer to tell; throws where the writer has failed before there was one.
  func attach(_ signals: TransferSignals) throws(HTTPError) {
    let failure = state.withLock { state in
      state.signals = signals
      return state.failure
    }
    if let failure { throw failure }
  }

  /// Ends every writer's waiting, now and later.
  func close(_ error: HTTPError) {
    let writer = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.failure = state.failure ?? error
      state.signals = nil
      defer { state.writer = nil }
      return state.writer
    }
    writer?.resume()
  }

  func supply(_ target: UnsafeMutableRawBufferPointer) -> Supply {
    let (supply, writer) = state.withLock { state -> (Supply, CheckedContinuation<Void, Never>?) in
      guard state.unsent > 0 else {
        if state.finished { return (.end, nil) }
        state.starved = true
        return (.later, nil)
      }
      let count = min(state.unsent, target.count)
      state.bytes.withUnsafeBytes {
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[state.position..<state.position + count]))
      }
      state.position += count
      guard state.unsent <= Self.highWater / 2, let writer = state.writer else { return (.bytes(count), nil) }
      state.writer = nil
      return (.bytes(count), writer)
    }
    writer?.resume()
    return supply
  }
}
