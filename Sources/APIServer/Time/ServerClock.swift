#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a server takes the time from: the wall clock for what it writes, and sleeping for what it delays.
package protocol ServerClock: Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z.
  var unixSeconds: Int64 { get }
  /// Returns after the duration, or throws when the task is cancelled.
  func sleep(for duration: Duration) async throws
}

/// The machine's own clocks.
package struct SystemServerClock: ServerClock {
  package init() {}

  package var unixSeconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec)
  }

  package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
