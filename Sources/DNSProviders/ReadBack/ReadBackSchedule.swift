/// How often and how long servers are asked whether they serve a commit.
package struct ReadBackSchedule: Hashable, Sendable {
  /// Before the second round; doubles from round to round.
  package var firstPause: Duration
  package var longestPause: Duration
  /// No round begins later than this.
  package var limit: Duration

  /// Secondaries follow in one to five seconds, measured: half a minute is patience enough to call one behind.
  package static let standard = ReadBackSchedule(
    firstPause: .milliseconds(50), longestPause: .seconds(1), limit: .seconds(30))

  package init(firstPause: Duration, longestPause: Duration, limit: Duration) {
    self.firstPause = firstPause
    self.longestPause = longestPause
    self.limit = limit
  }
}
