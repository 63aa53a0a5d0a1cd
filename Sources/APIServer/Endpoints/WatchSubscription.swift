/// A standing watch: its messages, and the number by which the endpoint knows it.
///
/// The messages end when the endpoint ends the watch, when it is cut because its reader fell too far behind, and when
/// ``cancel()`` is called.
package struct WatchSubscription: Sendable {
  let id: UInt64
  package let messages: AsyncStream<WatchMessage>
  private let continuation: AsyncStream<WatchMessage>.Continuation

  init(id: UInt64, messages: AsyncStream<WatchMessage>, continuation: AsyncStream<WatchMessage>.Continuation) {
    self.id = id
    self.messages = messages
    self.continuation = continuation
  }

  package func cancel() { continuation.finish() }
}
