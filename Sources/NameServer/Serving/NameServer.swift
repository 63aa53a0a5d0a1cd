package import DNSProviders
import Federation
import NIOCore
import NIOPosix

/// A name server for one zone: UDP and TCP at one address and port (RFC 1035, 6891, 7766), authoritative only.
///
/// Every question is answered from the zone as it is at that moment; nothing it does waits for anything but sockets.
/// What is no question is dropped, updates are refused: the zone changes through ``ZoneStore`` alone.
package final class NameServer: Sendable {
  /// The zone it serves.
  package let store: ZoneStore
  /// The port of both sockets.
  package let port: Int
  private let datagrams: any Channel
  private let listener: any Channel
  private let connections: Connections

  private init(
    store: ZoneStore, port: Int, datagrams: any Channel, listener: any Channel, connections: Connections
  ) {
    self.store = store
    self.port = port
    self.datagrams = datagrams
    self.listener = listener
    self.connections = connections
  }

  /// Starts to serve.
  ///
  /// - Parameters:
  ///   - address: an address of this machine: `127.0.0.1`, `::1`, `0.0.0.0`, …
  ///   - port: 0 takes one that is free for UDP and TCP.
  /// - Throws: ``ProviderError/Code/refused``, with one line, when the address or port cannot be had.
  package static func start(
    zone: AuthoritativeZone, address: String, port: Int, options: NameServerOptions
  ) async throws(ProviderError) -> NameServer {
    let store = ZoneStore(zone)
    let responder = Responder(store: store, transfers: options.transfers)
    let connections = Connections(limit: options.connectionLimit)
    // With port 0 the kernel chooses for UDP, and TCP may find that port taken.
    var attempts = port == 0 ? 16 : 1
    while true {
      attempts -= 1
      do {
        let datagrams = try await bindDatagrams(responder, address, port)
        let chosen = datagrams.localAddress?.port ?? port
        do {
          let listener = try await bindStreams(responder, connections, options, address, chosen)
          return NameServer(
            store: store, port: chosen, datagrams: datagrams, listener: listener, connections: connections)
        } catch {
          try? await datagrams.close()
          throw error
        }
      } catch {
        guard attempts <= 0 || (error as? IOError)?.errnoCode != EADDRINUSE else { continue }
        throw ProviderError(
          .refused, "the name server cannot listen on \(address) port \(port): \(reason(error)); give it another one")
      }
    }
  }

  /// Closes its sockets and all connections, and returns when that is done.
  package func shutdown() async {
    try? await listener.close()
    try? await datagrams.close()
    await connections.close()
  }

  private static func bindDatagrams(
    _ responder: Responder, _ address: String, _ port: Int
  ) async throws -> any Channel {
    try await DatagramBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      // Many datagrams a system call, in and out.
      .channelOption(.datagramVectorReadMessageCount, value: 32)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 32 * 2_048))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(DatagramHandler(responder: responder))
        }
      }
      .bind(to: try SocketAddress(ipAddress: address, port: port)).get()
  }

  private static func bindStreams(
    _ responder: Responder, _ connections: Connections, _ options: NameServerOptions, _ address: String, _ port: Int
  ) async throws -> any Channel {
    let idle = TimeAmount(options.idleTimeout)
    return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        guard connections.admit(channel) else { return channel.close() }
        return channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(IdleStateHandler(allTimeout: idle))
          try pipeline.addHandler(BackPressureHandler())
          try pipeline.addHandler(ByteToMessageHandler(MessageFraming(), maximumBufferSize: 2 * 65_537))
          try pipeline.addHandler(StreamHandler(responder: responder))
        }
      }
      .bind(to: try SocketAddress(ipAddress: address, port: port)).get()
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case let error as IOError: String(cString: strerror(error.errnoCode))
    case is SocketAddressError: "that is not an address of the form 127.0.0.1 or ::1"
    default: cleanText("\(error)", limit: 120)
    }
  }
}
