import Federation
import NIOCore
import NIOPosix

/// One TCP connection to a name server, for one exchange after another.
///
/// Exchanges take their turn: one begins when the one before has its answer. After any failure, and when a task that
/// waits on it is cancelled, the connection is closed and every later exchange fails with ``DNSError/Code/closed``.
package actor DNSConnection {
  package nonisolated let server: ServerAddress
  private let channel: any Channel
  private let frames: NIOLoopBound<FrameHandler>
  private let timing: DNSTiming
  private let now: @Sendable () -> Timestamp
  private let clock = ContinuousClock()
  private var isBusy = false
  private var queue: [CheckedContinuation<Void, Never>] = []

  private init(
    server: ServerAddress, channel: any Channel, frames: NIOLoopBound<FrameHandler>, timing: DNSTiming,
    now: @escaping @Sendable () -> Timestamp
  ) {
    self.server = server
    self.channel = channel
    self.frames = frames
    self.timing = timing
    self.now = now
  }

  /// Connects; ``close()`` must be called in the end.
  static func open(
    _ server: ServerAddress, timing: DNSTiming, now: @escaping @Sendable () -> Timestamp
  ) async throws(DNSError) -> DNSConnection {
    let address = try server.socketAddress()
    if Task.isCancelled { throw .cancelled(server) }
    do {
      let (channel, frames) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connectTimeout(TimeAmount(timing.connect))
        .connect(to: address) { channel in
          channel.eventLoop.makeCompletedFuture {
            let handler = FrameHandler()
            try channel.pipeline.syncOperations.addHandler(handler)
            return (channel, NIOLoopBound(handler, eventLoop: channel.eventLoop))
          }
        }
      return DNSConnection(server: server, channel: channel, frames: frames, timing: timing, now: now)
    } catch {
      throw DNSError(error, asking: server, over: .tcp)
    }
  }

  /// Sends a message, signed when there is a key, and waits for its answer, whose signature is checked then.
  ///
  /// The message's id is replaced by a random one.
  package func exchange(_ message: Message, key: TransactionKey?) async throws(DNSError) -> DNSReply {
    var answer: Message?
    let start = clock.now
    try await stream(message, key: key) { (message) throws(DNSError) in
      answer = message
      return .done
    }
    guard let answer else { throw .closed(server) }
    return DNSReply(message: answer, server: server, transport: .tcp, latency: clock.now - start)
  }

  /// Whether the answer to a question has more messages.
  enum Continuation {
    case more
    case done
  }

  /// Sends a message and gives each message of the answer to `take` until that has enough.
  func stream(
    _ message: Message, key: TransactionKey?, take: (Message) throws(DNSError) -> Continuation
  ) async throws(DNSError) {
    await acquire()
    defer { release() }
    if Task.isCancelled { throw .cancelled(server) }
    do {
      try await withTaskCancellationHandler {
        try await run(message, key, take)
      } onCancel: {
        channel.close(promise: nil)
      }
    } catch {
      channel.close(promise: nil)
      throw Task.isCancelled ? .cancelled(server) : DNSError(error, asking: server, over: .tcp)
    }
  }

  /// Ends the connection, and with it whatever waits on it.
  package func close() async {
    try? await channel.close().get()
  }

  private func run(
    _ message: Message, _ key: TransactionKey?, _ take: (Message) throws(DNSError) -> Continuation
  ) async throws {
    var message = message
    message.id = .random(in: 0 ... .max)
    var (wire, verifier) = try prepare(message, key)
    var frame = channel.allocator.buffer(capacity: wire.count + 2)
    frame.writeInteger(UInt16(truncatingIfNeeded: wire.count))
    frame.writeBytes(wire)
    wire = []
    try await channel.writeAndFlush(frame).get()
    while true {
      let bytes = try await next()
      let answer: Message
      do throws(SignatureError) {
        if let decoded = try verifier?.verify(bytes, at: now()) {
          answer = decoded
        } else {
          do throws(MessageError) { answer = try Message(decoding: bytes) } catch { throw .malformed(error) }
        }
      } catch {
        throw DNSError(error, from: server)
      }
      guard answer.isPart(of: message) else {
        throw DNSError(.mismatched, "\(server) answered something that was not asked: is it a name server?")
      }
      guard try take(answer) == .done else { continue }
      guard verifier?.isComplete ?? true else {
        throw DNSError(.signature, "\(server) ended its answer without a signature: nothing of it was used")
      }
      return
    }
  }

  private func prepare(
    _ message: Message, _ key: TransactionKey?
  ) throws(DNSError) -> (wire: [UInt8], verifier: SignatureVerifier?) {
    let plain: [UInt8]
    do throws(MessageError) { plain = try message.encoded() } catch { throw DNSError(.malformed, error.description) }
    guard let key else { return (plain, nil) }
    do throws(SignatureError) {
      let signed = try key.sign(plain, at: now(), requestCode: nil)
      return (signed.bytes, SignatureVerifier(key: key, requestCode: signed.code))
    } catch {
      throw DNSError(error, from: server)
    }
  }

  private func next() async throws -> [UInt8] {
    let frames = frames
    let silence = TimeAmount(timing.silence)
    return try await channel.eventLoop.flatSubmit {
      frames.value.next(within: silence, on: frames.eventLoop)
    }.get()
  }

  private func acquire() async {
    guard isBusy else {
      isBusy = true
      return
    }
    await withCheckedContinuation { queue.append($0) }
  }

  private func release() {
    if queue.isEmpty { isBusy = false } else { queue.removeFirst().resume() }
  }
}

extension DNSError {
  init(_ error: SignatureError, from server: ServerAddress) {
    if case .malformed(let error) = error {
      self.init(.malformed, "\(server): \(error)")
    } else {
      self.init(.signature, "\(server): \(error)")
    }
  }
}

extension Message {
  /// Whether this can be one of the messages that answer `query`; those after the first may leave the question out.
  fileprivate func isPart(of query: Message) -> Bool {
    id == query.id && flags.contains(.response) && opcode == query.opcode
      && (question == nil || question == query.question)
  }
}
