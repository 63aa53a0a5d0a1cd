package import Federation
import Glibc
import NIOCore
import NIOPosix

/// Asks name servers: one question over UDP, with TCP where the answer needs it, and everything else over TCP.
///
/// Every UDP question has a random id from the system's secure source and a socket, and so a random port, of its own.
/// A cancelled task closes its socket at once.
package struct DNSClient: Sendable {
  package var timing: DNSTiming
  /// The wall clock, which signatures are dated by.
  package let now: @Sendable () -> Timestamp

  package init(timing: DNSTiming, now: @escaping @Sendable () -> Timestamp) {
    self.timing = timing
    self.now = now
  }

  /// A client with the usual waits and the machine's clock.
  package static let standard = DNSClient(timing: .standard, now: systemTime)

  /// The machine's wall clock.
  @Sendable package static func systemTime() -> Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// Asks over UDP with EDNS (1,232 bytes), again when nothing comes, and over TCP when the answer is truncated.
  ///
  /// Datagrams that are not the answer (garbage, other ids, questions or senders) are dropped without a word. An error
  /// that the server answers is an answer: see ``Message/responseCode``.
  ///
  /// - Parameter flags: ``MessageFlags/recursionDesired`` for a resolver, none for an authoritative server.
  package func query(
    _ question: Question, at server: ServerAddress, flags: MessageFlags
  ) async throws(DNSError) -> DNSReply {
    let clock = ContinuousClock()
    let start = clock.now
    let query = Message.query(question, id: .random(in: 0 ... .max), flags: flags, edns: .standard)
    let answer = try await datagram(query, server)
    guard answer.flags.contains(.truncated) else {
      return DNSReply(message: answer, server: server, transport: .udp, latency: clock.now - start)
    }
    var reply = try await exchange(query, with: server, key: nil)
    reply.latency = clock.now - start
    return reply
  }

  /// Sends a message over a TCP connection of its own and waits for the answer: for updates, and for large answers.
  ///
  /// The message's id is replaced by a random one.
  ///
  /// - Parameter key: signs the message; the answer must then be signed with it too.
  package func exchange(
    _ message: Message, with server: ServerAddress, key: TransactionKey?
  ) async throws(DNSError) -> DNSReply {
    let clock = ContinuousClock()
    let start = clock.now
    let connection = try await connect(to: server)
    do throws(DNSError) {
      var reply = try await connection.exchange(message, key: key)
      await connection.close()
      reply.latency = clock.now - start
      return reply
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Opens a TCP connection for several exchanges; the caller closes it.
  package func connect(to server: ServerAddress) async throws(DNSError) -> DNSConnection {
    try await DNSConnection.open(server, timing: timing, now: now)
  }

  private func datagram(_ query: Message, _ server: ServerAddress) async throws(DNSError) -> Message {
    let address = try server.socketAddress()
    let wire: [UInt8]
    do throws(MessageError) { wire = try query.encoded() } catch { throw DNSError(.malformed, error.description) }
    if Task.isCancelled { throw .cancelled(server) }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let promise = loop.makePromise(of: Message.self)
    let exchange = QueryExchange(query: query, server: server, attempts: timing.attempts)
    let channel: any Channel
    do {
      channel = try await DatagramBootstrap(group: loop)
        .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              DatagramHandler(exchange: exchange, wire: wire, server: address, promise: promise))
          }
        }
        .connect(to: address).get()
    } catch {
      promise.fail(error)
      throw DNSError(error, asking: server, over: .udp)
    }
    do {
      return try await withTaskCancellationHandler {
        try await promise.futureResult.get()
      } onCancel: {
        channel.close(promise: nil)
      }
    } catch {
      throw DNSError(error, asking: server, over: .udp)
    }
  }
}
