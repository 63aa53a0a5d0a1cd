import CCurl
import Glibc

/// What libcurl waits for: its sockets, in the kernel's table (epoll), and the one moment at which it wants to be called.
///
/// A turn of the loop so costs what has happened since the last one. libcurl's `curl_multi_perform` looks at every
/// transfer there is instead, and hundreds of watches are silent for minutes.
///
/// Touched on the loop's thread only, but for ``wake()``.
final class SocketTable {
  /// Sockets whose news is taken at once; the others wait for the next turn.
  private static let mostEvents = 128

  private let multi: UnsafeMutableRawPointer
  private let table: Int32
  /// Ends the wait from another thread.
  private let bell: Int32
  private var events: [epoll_event] = []
  private var timer: ContinuousClock.Instant?

  init(_ multi: UnsafeMutableRawPointer) throws(HTTPError) {
    self.multi = multi
    table = epoll_create1(Int32(EPOLL_CLOEXEC))
    bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard table >= 0, bell >= 0 else {
      close()
      throw HTTPError(.internal, "no transfer can be watched: the process has too many open files")
    }
    set(EPOLLIN.rawValue, on: bell)
    let context = Unmanaged.passUnretained(self).toOpaque()
    curlMultiSetSocketCallback(multi, socketIsWanted, context)
    curlMultiSetTimerCallback(multi, timeIsWanted, context)
  }

  /// Ends the wait that is on, or the next one.
  func wake() {
    var one: UInt64 = 1
    _ = Glibc.write(bell, &one, MemoryLayout<UInt64>.size)
  }

  /// Hands libcurl what has happened, and tells it when its time has come.
  func perform() {
    var running: Int32 = 0
    for event in events where event.data.fd != bell {
      curl_multi_socket_action(multi, event.data.fd, Self.readiness(event.events), &running)
    }
    events = []
    guard let due = timer, due <= .now else { return }
    timer = nil
    curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running)
    // It names a moment once: where it names no other, it was asked too early for its own clock.
    if timer == nil, isTimed { timer = .now + .milliseconds(1) }
  }

  /// Sleeps until something happens or libcurl's time has come.
  func wait(atMost limit: Duration) {
    let wait = timer.map { max(.zero, min(limit, $0 - .now)) } ?? limit
    events = Array(unsafeUninitializedCapacity: Self.mostEvents) { buffer, count in
      count = max(0, Int(epoll_wait(table, buffer.baseAddress, Int32(buffer.count), wait.milliseconds)))
    }
    if events.contains(where: { $0.data.fd == bell }) {
      var rung: UInt64 = 0
      _ = Glibc.read(bell, &rung, MemoryLayout<UInt64>.size)
    }
  }

  func close() {
    for descriptor in [table, bell] where descriptor >= 0 { Glibc.close(descriptor) }
  }

  // MARK: - What libcurl asks for

  /// Whether libcurl has named a moment and not taken it back.
  private var isTimed = false

  func want(_ timeout: Int) {
    isTimed = timeout >= 0
    timer = isTimed ? .now + .milliseconds(timeout) : nil
  }

  func want(_ what: Int32, on socket: Int32) {
    switch what {
    case CURL_POLL_REMOVE: epoll_ctl(table, EPOLL_CTL_DEL, socket, nil)
    case CURL_POLL_IN: set(EPOLLIN.rawValue, on: socket)
    case CURL_POLL_OUT: set(EPOLLOUT.rawValue, on: socket)
    case CURL_POLL_INOUT: set(EPOLLIN.rawValue | EPOLLOUT.rawValue, on: socket)
    default: set(0, on: socket)
    }
  }

  private func set(_ interest: UInt32, on descriptor: Int32) {
    var event = epoll_event(events: interest, data: epoll_data_t(fd: descriptor))
    if epoll_ctl(table, EPOLL_CTL_MOD, descriptor, &event) != 0, errno == ENOENT {
      epoll_ctl(table, EPOLL_CTL_ADD, descriptor, &event)
    }
  }

  /// An end or an error is found by reading or writing, as libcurl itself finds it.
  private static func readiness(_ events: UInt32) -> Int32 {
    let isOver = events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
    return (isOver || events & EPOLLIN.rawValue != 0 ? CURL_CSELECT_IN : 0)
      | (isOver || events & EPOLLOUT.rawValue != 0 ? CURL_CSELECT_OUT : 0)
  }
}

// Free functions: libcurl calls them on the loop's thread with the table as their context.

private func socketIsWanted(
  _ easy: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ what: Int32, _ context: UnsafeMutableRawPointer?,
  _ own: UnsafeMutableRawPointer?
) -> Int32 {
  if let context { Unmanaged<SocketTable>.fromOpaque(context).takeUnretainedValue().want(what, on: socket) }
  return 0
}

private func timeIsWanted(
  _ multi: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?
) -> Int32 {
  if let context { Unmanaged<SocketTable>.fromOpaque(context).takeUnretainedValue().want(milliseconds) }
  return 0
}
