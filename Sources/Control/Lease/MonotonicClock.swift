/// This machine's monotonic clock as a duration since the process first asked: it never jumps, and it counts sleep.
package enum MonotonicClock {
  private static let origin = ContinuousClock.now

  @Sendable package static func uptime() -> Duration { origin.duration(to: .now) }
}
