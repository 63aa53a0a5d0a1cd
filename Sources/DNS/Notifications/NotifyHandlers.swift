import Federation
import NIOCore

/// Takes notifications from a UDP socket.
final class NotifyDatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let hear: ([UInt8], SocketAddress?) -> [UInt8]?

  init(_ hear: @escaping ([UInt8], SocketAddress?) -> [UInt8]?) { self.hear = hear }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    guard let reply = hear(Array(envelope.data.readableBytesView), envelope.remoteAddress) else { return }
    let buffer = context.channel.allocator.buffer(bytes: reply)
    context.writeAndFlush(
      wrapOutboundOut(AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: buffer)), promise: nil)
  }

  /// One socket serves all: an answer that cannot be delivered is the sender's loss.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}

/// Takes one notification after another from a TCP connection of a known sender; closes it at the first that is none.
final class NotifyStreamHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// A notification is a question and a SOA, perhaps signed.
  private static let longest = 4_096
  /// How long a connection may stay at all.
  private static let patience = TimeAmount.seconds(30)

  private let senders: Set<IPAddress>
  private let hear: ([UInt8], SocketAddress?) -> [UInt8]?
  private var received = ByteBuffer()
  private var timer: Scheduled<Void>?

  init(senders: Set<IPAddress>, _ hear: @escaping ([UInt8], SocketAddress?) -> [UInt8]?) {
    self.senders = senders
    self.hear = hear
  }

  func channelActive(context: ChannelHandlerContext) {
    guard let sender = context.remoteAddress.flatMap({ ServerAddress($0) }), senders.contains(sender.address) else {
      return context.close(promise: nil)
    }
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { context.close(promise: nil) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    received.writeBuffer(&bytes)
    while let count = received.getInteger(at: received.readerIndex, as: UInt16.self) {
      guard count <= Self.longest else { return context.close(promise: nil) }
      guard received.readableBytes >= Int(count) + 2 else { break }
      received.moveReaderIndex(forwardBy: 2)
      let wire = received.readBytes(length: Int(count)) ?? []
      guard let reply = hear(wire, context.remoteAddress) else { return context.close(promise: nil) }
      var buffer = context.channel.allocator.buffer(capacity: reply.count + 2)
      buffer.writeInteger(UInt16(truncatingIfNeeded: reply.count))
      buffer.writeBytes(reply)
      context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
    received.discardReadBytes()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
