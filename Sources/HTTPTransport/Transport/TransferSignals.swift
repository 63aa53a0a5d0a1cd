/// The two things that anybody, on any thread, may ask of a transfer.
struct TransferSignals: Sendable {
  let id: UInt64
  let transport: HTTPTransport

  /// Closes the transfer; nothing happens where it is over.
  func abort() {
    transport.loop.submit(.abort(id))
  }

  /// Lets a paused transfer go on.
  func resume() {
    transport.loop.submit(.resume(id))
  }
}
