import Control
import Synchronization

/// What waits for the loop. Bounded: of several snapshots only the newest is kept.
final class MessageBox: Sendable {
  private struct Content {
    var snapshot: FederationSnapshot?
    var messages: [Message] = []
  }
  private let content = Mutex(Content())
  private let bell: AsyncStream<Void>.Continuation
  /// Rings when something waits. One reader.
  let rings: AsyncStream<Void>

  init() { (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func put(_ message: Message) {
    content.withLock { content in
      if case .snapshot(let snapshot) = message {
        content.snapshot = snapshot
      } else {
        content.messages.append(message)
      }
    }
    bell.yield()
  }

  /// Everything that waits. The snapshot comes first, so that keys meet the newest world.
  func take() -> [Message] {
    content.withLock { content in
      defer { content = Content() }
      return (content.snapshot.map { [.snapshot($0)] } ?? []) + content.messages
    }
  }

  func ring() { bell.yield() }

  func finish() { bell.finish() }
}
