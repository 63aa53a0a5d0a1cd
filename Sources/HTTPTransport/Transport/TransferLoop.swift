import CCurl
import Glibc
import Synchronization

/// The thread that is both libcurl's loop and the executor of ``HTTPTransport``: whatever the actor does runs between
/// two turns of the loop, so that nothing else can touch libcurl.
///
/// Unchecked: `owner` and `thread` are written before the thread starts or by it alone; from elsewhere `sockets` is only
/// woken, under the lock that also guards its end.
final class TransferLoop: SerialExecutor, @unchecked Sendable {
  /// What anybody may ask of a transfer without waiting.
  enum Command {
    case abort(UInt64)
    case resume(UInt64)
  }

  private struct Inbox {
    var jobs: [UnownedJob] = []
    var commands: [Command] = []
    /// Whether the loop has been woken since it last looked.
    var signalled = false
    var stopped = false
  }

  let multi: UnsafeMutableRawPointer
  let sockets: SocketTable
  private let inbox = Mutex(Inbox())
  private var thread = pthread_t()
  private weak var owner: HTTPTransport?

  init() throws(HTTPError) {
    guard Self.libraryIsReady, let multi = curl_multi_init() else {
      throw HTTPError(.internal, "libcurl cannot be started: out of memory")
    }
    self.multi = multi
    do {
      sockets = try SocketTable(multi)
    } catch {
      curl_multi_cleanup(multi)
      throw error
    }
  }

  private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Starts the thread, which ends when the owner does.
  func start(serving owner: HTTPTransport) throws(HTTPError) {
    self.owner = owner
    let context = Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    guard pthread_create(&thread, nil, runTransferLoop, context) == 0 else {
      Unmanaged<TransferLoop>.fromOpaque(context).release()
      throw HTTPError(.internal, "the thread for transfers cannot be started: the system has no more threads")
    }
    pthread_detach(thread)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    post { $0.jobs.append(job) }
  }

  func submit(_ command: Command) {
    post { $0.commands.append(command) }
  }

  func stop() {
    post { $0.stopped = true }
  }

  func checkIsolated() {
    precondition(pthread_equal(pthread_self(), thread) != 0, "transfers are touched on their own thread only")
  }

  private func post(_ change: (inout Inbox) -> Void) {
    inbox.withLock { inbox in
      guard !inbox.stopped else { return }
      change(&inbox)
      guard !inbox.signalled else { return }
      inbox.signalled = true
      sockets.wake()
    }
  }

  /// Runs until ``stop()``: the actor's jobs, the commands, then libcurl, then sleep until something happens.
  func run() {
    thread = pthread_self()
    while true {
      let taken = inbox.withLock { inbox in
        defer {
          inbox.jobs = []
          inbox.commands = []
          inbox.signalled = false
        }
        return inbox
      }
      if taken.stopped { break }
      for job in taken.jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
      let wait = owner?.assumeIsolated { $0.turn(taken.commands) } ?? .zero
      sockets.wait(atMost: wait)
    }
    curl_multi_cleanup(multi)
    sockets.close()
  }
}

/// A free function, because closures given to C must not inherit isolation.
@Sendable private func runTransferLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  // Signals belong to other threads, and a connection that the peer closed must not end the process (SIGPIPE).
  var signals = sigset_t()
  sigfillset(&signals)
  pthread_sigmask(SIG_BLOCK, &signals, nil)
  Unmanaged<TransferLoop>.fromOpaque(context).takeRetainedValue().run()
  return nil
}

extension Duration {
  /// Whole milliseconds, rounded up, as libcurl takes them.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = components
    let rounded = attoseconds / 1_000_000_000_000_000 + (attoseconds % 1_000_000_000_000_000 > 0 ? 1 : 0)
    return Int32(clamping: max(0, seconds.multipliedReportingOverflow(by: 1000).partialValue + rounded))
  }
}
