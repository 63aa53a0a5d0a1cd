/// One transfer's body as its reader holds it: the last reference closes the transfer.
final class BodySource: Sendable {
  private let buffer: BodyBuffer
  private let signals: TransferSignals?

  init(buffer: BodyBuffer, signals: TransferSignals?) {
    self.buffer = buffer
    self.signals = signals
  }

  deinit {
    signals?.abort()
  }

  func next() async throws(HTTPError) -> [UInt8]? {
    let outcome = await withTaskCancellationHandler {
      await buffer.next { if case .resume = $0 { signals?.resume() } }
    } onCancel: {
      close()
    }
    return try outcome.get()
  }

  func close() {
    buffer.abandon(HTTPError(.cancelled, "the reader of the answer went away"))
    signals?.abort()
  }
}
