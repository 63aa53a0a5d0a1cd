import NIOCore

/// Cuts a TCP stream into messages by their length bytes (RFC 1035 section 4.2.2) and hands them to whoever waits.
///
/// Lives on its channel's event loop. Holds few messages: while more wait than are taken, it stops reading, and the
/// server has to wait too.
final class FrameHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let mostWaiting = 16

  private var received = ByteBuffer()
  private var frames: [[UInt8]] = []
  private var waiter: EventLoopPromise<[UInt8]>?
  private var timer: Scheduled<Void>?
  private var failure: (any Error)?
  private var context: ChannelHandlerContext?
  private var wantsRead = false

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  /// The next message, in the order they came. One caller at a time.
  func next(within silence: TimeAmount, on loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
    let promise = loop.makePromise(of: [UInt8].self)
    if !frames.isEmpty {
      promise.succeed(frames.removeFirst())
      resume()
    } else if let failure {
      promise.fail(failure)
    } else {
      waiter?.fail(CancellationError())
      waiter = promise
      timer = loop.assumeIsolated().scheduleTask(in: silence) {
        self.fail(TimedOut())
        self.context?.close(promise: nil)
      }
    }
    return promise.futureResult
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    received.writeBuffer(&bytes)
    while let count = received.getInteger(at: received.readerIndex, as: UInt16.self),
      received.readableBytes >= Int(count) + 2
    {
      received.moveReaderIndex(forwardBy: 2)
      deliver(received.readBytes(length: Int(count)) ?? [])
    }
    received.discardReadBytes()
  }

  func read(context: ChannelHandlerContext) {
    if frames.count >= Self.mostWaiting {
      wantsRead = true
    } else {
      context.read()
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(ChannelError.eof)
    context.fireChannelInactive()
  }

  private func deliver(_ frame: [UInt8]) {
    guard let waiter else {
      frames.append(frame)
      return
    }
    timer?.cancel()
    self.waiter = nil
    waiter.succeed(frame)
  }

  private func resume() {
    guard wantsRead, frames.count < Self.mostWaiting else { return }
    wantsRead = false
    context?.read()
  }

  private func fail(_ error: any Error) {
    timer?.cancel()
    failure = failure ?? error
    waiter?.fail(error)
    waiter = nil
  }
}
