import NIOCore

/// Answers questions that come as UDP datagrams, each by itself; answers to one batch of datagrams leave together.
final class DatagramHandler: ChannelInboundHandler {
  typealias InboundIn = AddressedEnvelope<ByteBuffer>
  typealias OutboundOut = AddressedEnvelope<ByteBuffer>

  private let responder: Responder

  init(responder: Responder) { self.responder = responder }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let envelope = unwrapInboundIn(data)
    // A reply from port 0 cannot be answered, and answering one's own kind of server makes two servers talk for ever.
    guard let port = envelope.remoteAddress.port, port != 0 else { return }
    guard case .message(let bytes) = responder.reply(to: Array(envelope.data.readableBytesView), over: .datagram) else {
      return
    }
    let reply = AddressedEnvelope(remoteAddress: envelope.remoteAddress, data: ByteBuffer(bytes: bytes))
    context.write(wrapOutboundOut(reply), promise: nil)
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // One peer's ICMP error is no reason to stop serving the others.
  }
}
