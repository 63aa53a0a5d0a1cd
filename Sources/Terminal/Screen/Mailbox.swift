import Synchronization

/// What waits to be read from the screen, bounded: of several sizes only the newest is kept, and beyond the limit new
/// input is dropped, since a reader that far behind should not act on keys pressed long ago.
final class Mailbox: Sendable {
  static let limit = 1024

  private let waiting = Mutex<[InputEvent]>([])
  private let bell: AsyncStream<Void>.Continuation
  /// Rings when something may wait; ends with the screen. One reader.
  let rings: AsyncStream<Void>

  init() {
    (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func put(_ events: [InputEvent]) {
    guard !events.isEmpty else { return }
    waiting.withLock { waiting in
      for event in events {
        if case .resize = event {
          waiting.removeAll { if case .resize = $0 { true } else { false } }
        } else if waiting.count >= Self.limit {
          continue
        }
        waiting.append(event)
      }
    }
    bell.yield()
  }

  func take() -> [InputEvent] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }

  func finish() { bell.finish() }
}
