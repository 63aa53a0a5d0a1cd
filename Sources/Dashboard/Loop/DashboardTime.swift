package import Federation
import Glibc

/// Where the loop has its time from; tests bring their own.
package struct DashboardTime: Sendable {
  package var now: @Sendable () -> Timestamp
  package var sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// A clock of its own that begins at a moment, for a replay.
  package static func beginning(at moment: Timestamp) -> DashboardTime {
    let start = ContinuousClock.now
    return DashboardTime(
      now: { moment + (ContinuousClock.now - start) }, sleep: { try await Task.sleep(for: $0) })
  }

  /// The wall clock.
  package static let system = DashboardTime(
    now: {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }, sleep: { try await Task.sleep(for: $0) })
}
