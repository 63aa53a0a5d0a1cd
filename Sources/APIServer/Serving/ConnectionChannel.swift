import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a connection is set up: TLS with the certificate of the moment, then HTTP/1.1 under the server's limits.
struct ConnectionChannel: ServerChildChannel {
  let base: HTTP1Channel
  let limits: ServerLimits
  /// Nil for plain HTTP.
  let certificate: ServingCertificate?

  init(responder: @escaping HTTPChannelHandler.Responder, limits: ServerLimits, certificate: ServingCertificate?) {
    base = HTTP1Channel(
      responder: responder,
      configuration: HTTP1Channel.Configuration(
        additionalChannelHandlers: [RequestDeadlines(limits: limits)],
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.headers, maxHeaderListSize: limits.headers, maxHeaderFieldCount: 256)))
    self.limits = limits
    self.certificate = certificate
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    let secured = channel.eventLoop.makeCompletedFuture {
      if let certificate {
        // The handshake proves that the client holds the key of what it shows; whether that is worth anything is
        // found out with the request.
        try channel.pipeline.syncOperations.addHandler(
          NIOSSLServerHandler(
            context: certificate.context,
            customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) }, configuration: .init())
        )
      }
    }
    return secured.flatMap { watchPeer(of: channel) }.flatMap { base.setup(channel: channel, logger: logger) }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }

  /// A peer that vanished without a word is noticed: a watch that nothing happens on would wait for ever.
  private func watchPeer(of channel: any Channel) -> EventLoopFuture<Void> {
    let silence = limits.silence.components.seconds
    let options: [(NIOBSDSocket.Option, Int64)] = [
      (NIOBSDSocket.Option(rawValue: TCP_KEEPIDLE), max(1, silence / 2)),
      (NIOBSDSocket.Option(rawValue: TCP_KEEPINTVL), max(1, silence / 6)),
      (NIOBSDSocket.Option(rawValue: TCP_KEEPCNT), 3),
      (NIOBSDSocket.Option(rawValue: TCP_USER_TIMEOUT), silence * 1000),
    ]
    let isKept = channel.setOption(.socketOption(.so_keepalive), value: 1)
    return EventLoopFuture.andAllSucceed(
      [isKept] + options.map { channel.setOption(.tcpOption($0.0), value: SocketOptionValue($0.1)) },
      on: channel.eventLoop)
  }
}
