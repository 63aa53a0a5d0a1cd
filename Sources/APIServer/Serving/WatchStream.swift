import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import ServiceLifecycle

/// The response of a watch: a body that goes on until the watch ends, its time is over or its client leaves.
struct WatchStream: Sendable {
  let endpoint: APIEndpoint
  let subscription: WatchSubscription
  let framing: WatchFraming
  let policy: WatchPolicy
  let timeout: Duration

  func response(to request: Request, on channel: any Channel) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody { writer in
        try await withGracefulShutdownHandler {
          try await request.body.consumeWithInboundCloseHandler { _ in
            try await run(&writer)
          } onInboundClosed: {
            subscription.cancel()
          }
        } onGracefulShutdown: {
          subscription.cancel()
        }
        await endpoint.forget(subscription)
        if await endpoint.fault == .down {
          try? await channel.close()
          throw APIResponder.ConnectionCut()
        }
        try await writer.finish(nil)
      })
  }

  private func run(_ writer: inout any ResponseBodyWriter) async throws {
    try await withThrowingDiscardingTaskGroup { timers in
      timers.addTask { await keepTime() }
      if framing.sendsBookmarks { timers.addTask { await sendBookmarks() } }
      defer { timers.cancelAll() }
      var framing = framing
      // The head goes out with the first byte: an empty one tells the client at once that the watch stands.
      try await writer.write(ByteBuffer())
      for await message in subscription.messages {
        if case .slow(let delay) = await endpoint.fault { try? await endpoint.clock.sleep(for: delay) }
        var output: [UInt8] = []
        framing.write(message, to: &output, unixSeconds: endpoint.clock.unixSeconds)
        if !output.isEmpty { try await writer.write(ByteBuffer(bytes: output)) }
      }
    }
  }

  private func keepTime() async {
    guard (try? await endpoint.clock.sleep(for: timeout)) != nil else { return }
    await endpoint.end(subscription)
  }

  private func sendBookmarks() async {
    while (try? await endpoint.clock.sleep(for: policy.bookmarkInterval)) != nil {
      await endpoint.bookmark(subscription)
    }
  }
}
