import Synchronization

/// The bounded buffer between the loop's thread, which fills it, and the one reader of a body.
///
/// The reader waits here without a thread; a writer that finds it full is told so and stops its transfer until the
/// reader has taken what there is.
final class BodyBuffer: Sendable {
  typealias Outcome = Result<[UInt8]?, HTTPError>

  /// What becomes of bytes that arrive.
  enum Reception {
    case taken
    /// Full: the same bytes must be offered again after the reader's next step.
    case refused
  }

  /// What a reader's step leaves to do for the transfer.
  enum Relief {
    case none
    /// A refused writer may go on.
    case resume
  }

  private enum Ending {
    case none
    case complete
    case failed(HTTPError)
  }

  private struct State {
    var bytes: [UInt8] = []
    var ending = Ending.none
    var reader: CheckedContinuation<Outcome, Never>?
    var refused = false
  }

  private let state = Mutex(State())
  private let limit: Int

  /// - Parameter limit: how many bytes may wait for the reader before a writer is refused.
  init(limit: Int) {
    self.limit = limit
  }

  func offer(_ bytes: UnsafeRawBufferPointer) -> Reception {
    let (reception, reader) = state.withLock { state -> (Reception, CheckedContinuation<Outcome, Never>?) in
      if let reader = state.reader {
        state.reader = nil
        return (.taken, reader)
      }
      if !state.bytes.isEmpty, state.bytes.count + bytes.count > limit {
        state.refused = true
        return (.refused, nil)
      }
      state.bytes.append(contentsOf: bytes)
      return (.taken, nil)
    }
    reader?.resume(returning: .success(Array(bytes)))
    return reception
  }

  /// Ends the body after what is buffered; only the first ending counts.
  func end(_ error: HTTPError? = nil) {
    let reader = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      guard case .none = state.ending else { return nil }
      state.ending = error.map(Ending.failed) ?? .complete
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: error.map(Outcome.failure) ?? .success(nil))
  }

  /// Ends the body at once: what is buffered is thrown away.
  func abandon(_ error: HTTPError) {
    let reader = state.withLock { state -> CheckedContinuation<Outcome, Never>? in
      state.bytes = []
      state.ending = .failed(error)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: .failure(error))
  }

  /// Takes all that is buffered, or waits for the next bytes or the end.
  func next(relief: (Relief) -> Void) async -> Outcome {
    await withCheckedContinuation { continuation in
      let (ready, relieved) = state.withLock { state -> (Outcome?, Relief) in
        if !state.bytes.isEmpty {
          let bytes = state.bytes
          state.bytes = []
          defer { state.refused = false }
          return (.success(bytes), state.refused ? .resume : .none)
        }
        switch state.ending {
        case .complete: return (.success(nil), .none)
        case .failed(let error): return (.failure(error), .none)
        case .none:
          if state.reader != nil {
            return (.failure(HTTPError(.internal, "a body has one reader; a second one tried to read it")), .none)
          }
          state.reader = continuation
          return (nil, .none)
        }
      }
      relief(relieved)
      if let ready { continuation.resume(returning: ready) }
    }
  }
}
