import Dispatch
import Glibc

/// TERM and INT as something to wait for.
enum StopSignals {
  /// Returns at the first TERM or INT, or when the task is cancelled.
  static func wait() async {
    signal(SIGTERM, SIG_IGN)
    signal(SIGINT, SIG_IGN)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let queue = DispatchQueue(label: "zonetop.signals")
    let sources = [SIGTERM, SIGINT].map { DispatchSource.makeSignalSource(signal: $0, queue: queue) }
    for source in sources {
      source.setEventHandler { @Sendable in continuation.yield() }
      source.activate()
    }
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
