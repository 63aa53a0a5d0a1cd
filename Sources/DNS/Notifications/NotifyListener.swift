package import Federation
import NIOCore
import NIOPosix

/// Hears over UDP and TCP from the primaries of a zone that it has changed, so that nobody has to wait for the next
/// poll.
///
/// Polling goes on all the same: datagrams are lost, and a primary may not have been told to notify.
package final class NotifyListener: Sendable {
  package let address: ServerAddress
  /// What was heard; of several that nobody has taken yet only the last, for one reading answers them all.
  package let notifications: AsyncStream<ZoneNotification>
  private let channels: [any Channel]
  private let continuation: AsyncStream<ZoneNotification>.Continuation

  private init(
    address: ServerAddress, channels: [any Channel], notifications: AsyncStream<ZoneNotification>,
    continuation: AsyncStream<ZoneNotification>.Continuation
  ) {
    self.address = address
    self.channels = channels
    self.notifications = notifications
    self.continuation = continuation
  }

  /// Listens until ``close()``.
  ///
  /// - Parameters:
  ///   - address: where to listen; port 0 takes a free one.
  ///   - senders: the addresses that primaries send from; all others are passed over.
  ///   - key: what notifications must be signed with; nil where the network is to be trusted.
  ///   - now: the wall clock, which signatures are dated by.
  /// - Throws: ``DNSError/Code/unreachable`` when it cannot listen there.
  package static func start(
    on address: ServerAddress, zone: DomainName, senders: Set<IPAddress>, key: TransactionKey?,
    now: @escaping @Sendable () -> Timestamp = DNSClient.systemTime
  ) async throws(DNSError) -> NotifyListener {
    let (stream, continuation) = AsyncStream.makeStream(
      of: ZoneNotification.self, bufferingPolicy: .bufferingNewest(1))
    let judge = NotifyJudge(zone: zone, senders: senders, key: key, now: now)
    let hear: @Sendable ([UInt8], SocketAddress?) -> [UInt8]? = { wire, socket in
      guard let sender = socket.flatMap({ ServerAddress($0) }),
        let (reply, notification) = judge.judge(wire, from: sender.address)
      else { return nil }
      if let notification { continuation.yield(notification) }
      return reply
    }
    // A port that is free for UDP may be taken for TCP: where any will do, another one is tried.
    var tries = address.port == 0 ? 16 : 1
    while true {
      do {
        let (bound, channels) = try await open(address, senders, hear)
        return NotifyListener(address: bound, channels: channels, notifications: stream, continuation: continuation)
      } catch {
        tries -= 1
        guard tries == 0 else { continue }
        throw DNSError(
          .unreachable,
          "cannot listen for notifications on \(address): \(cleanLine("\(error)")); is the port taken, or below 1024?")
      }
    }
  }

  /// Opens the same port for both ways, or neither.
  private static func open(
    _ address: ServerAddress, _ senders: Set<IPAddress>,
    _ hear: @escaping @Sendable ([UInt8], SocketAddress?) -> [UInt8]?
  ) async throws -> (ServerAddress, [any Channel]) {
    let datagrams = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NotifyDatagramHandler(hear))
        }
      }
      .bind(to: try address.socketAddress()).get()
    do {
      var bound = address
      bound.port = datagrams.localAddress?.port.flatMap { UInt16(exactly: $0) } ?? address.port
      let streams = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.backlog, value: 16)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NotifyStreamHandler(senders: senders, hear))
          }
        }
        .bind(to: try bound.socketAddress()).get()
      return (bound, [datagrams, streams])
    } catch {
      try? await datagrams.close().get()
      throw error
    }
  }

  /// Ends ``notifications`` too.
  package func close() async {
    for channel in channels { try? await channel.close().get() }
    continuation.finish()
  }
}
