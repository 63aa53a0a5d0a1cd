import Federation
import NIOCore

/// Runs a ``QueryExchange`` on one UDP socket, which is connected, so that the kernel passes the server's datagrams only
/// and reports a port where nobody listens.
final class DatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private var exchange: QueryExchange
  private let wire: [UInt8]
  private let server: SocketAddress
  private let promise: EventLoopPromise<Message>
  private var timer: Scheduled<Void>?

  init(exchange: QueryExchange, wire: [UInt8], server: SocketAddress, promise: EventLoopPromise<Message>) {
    self.exchange = exchange
    self.wire = wire
    self.server = server
    self.promise = promise
  }

  func channelActive(context: ChannelHandlerContext) {
    step(context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    guard let sender = ServerAddress(envelope.remoteAddress) else { return }
    let answer = envelope.data.withUnsafeReadableBytes { exchange.answer(in: $0, from: sender) }
    guard let answer else { return }
    promise.succeed(answer)
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    promise.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    promise.fail(CancellationError())
    context.fireChannelInactive()
  }

  private func step(_ context: ChannelHandlerContext) {
    switch exchange.next() {
    case .send(let wait):
      let envelope = AddressedEnvelope(remoteAddress: server, data: context.channel.allocator.buffer(bytes: wire))
      context.writeAndFlush(wrapOutboundOut(envelope)).assumeIsolated().whenFailure { [promise] in promise.fail($0) }
      timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { self.step(context) }
    case .giveUp:
      promise.fail(TimedOut())
      context.close(promise: nil)
    }
  }
}

/// Nothing came in the time that was given.
struct TimedOut: Error {}
