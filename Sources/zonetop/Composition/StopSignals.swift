import Dispatch
import Glibc

/// TERM and INT as something to wait for: heard from the moment this is made, so that one that comes while a command is
/// still starting stops it in order as well.
final class StopSignals: Sendable {
  private let stream: AsyncStream<Void>
  /// Dispatch sources may be cancelled from any thread, and nothing else is done with them.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  init() {
    signal(SIGTERM, SIG_IGN)
    signal(SIGINT, SIG_IGN)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let queue = DispatchQueue(label: "zonetop.signals")
    self.stream = stream
    sources = [SIGTERM, SIGINT].map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    for source in sources {
      source.setEventHandler { @Sendable in continuation.yield() }
      source.activate()
    }
  }

  /// Returns at the first TERM or INT since this was made, or when the task is cancelled.
  func wait() async {
    for await _ in stream { break }
    for source in sources { source.cancel() }
  }

  /// From now on the next TERM or INT ends the process at once, as the signal itself would.
  static func forceWithNext() {
    for number in [SIGTERM, SIGINT] { signal(number, SIG_DFL) }
    var both = sigset_t()
    sigemptyset(&both)
    sigaddset(&both, SIGTERM)
    sigaddset(&both, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &both, nil)
  }
}
