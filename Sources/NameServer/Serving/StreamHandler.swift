import NIOCore

/// Answers questions on one TCP connection, in the order they come; many may be under way at once (RFC 7766).
///
/// Transfers are written as fast as the peer reads and no faster, so that a large zone costs no more memory than a
/// small one. The connection is closed when it has been idle or stuck for too long, or sends what is not DNS.
final class StreamHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let responder: Responder
  /// Replies that wait for the transfer before them; bounded by what the back-pressure handler lets in.
  private var waiting: CircularBuffer<Reply> = []
  private var isWriting = false

  init(responder: Responder) { self.responder = responder }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let bytes = Array(unwrapInboundIn(data).readableBytesView)
    switch responder.reply(to: bytes, over: .stream(isLocal: context.remoteAddress?.isLoopback ?? false)) {
    case .none: context.close(promise: nil)
    case let reply: waiting.append(reply)
    }
    write(context)
  }

  func channelReadComplete(context: ChannelHandlerContext) { context.flush() }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    write(context)
    context.flush()
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  /// Writes what is waiting while the peer keeps up.
  private func write(_ context: ChannelHandlerContext) {
    // Flushing reports a change of writability from within this very call.
    guard !isWriting else { return }
    isWriting = true
    defer { isWriting = false }
    while context.channel.isWritable, let reply = waiting.popFirst() {
      switch reply {
      case .none: break
      case .message(let bytes): send(bytes, context)
      case .transfer(var transfer):
        while let bytes = transfer.message() {
          send(bytes, context)
          // Writability only moves with what was flushed.
          context.flush()
          guard context.channel.isWritable else {
            waiting.prepend(.transfer(transfer))
            return
          }
        }
      }
    }
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    var buffer = context.channel.allocator.buffer(capacity: bytes.count + 2)
    buffer.writeInteger(UInt16(truncatingIfNeeded: bytes.count))
    buffer.writeBytes(bytes)
    context.write(wrapOutboundOut(buffer), promise: nil)
  }
}
