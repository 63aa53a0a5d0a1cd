/// What the screen takes from outside.
package struct ScreenOptions: Sendable {
  /// Where everything else that writes to standard output or error goes while the screen is up; nil throws it away.
  package var logPath: String?
  /// `NO_COLOR` and `TERM`.
  package var environment: [String: String]
  /// The least time between two frames.
  package var frameInterval: Duration

  package init(
    logPath: String?, environment: [String: String], frameInterval: Duration = .milliseconds(33)
  ) {
    self.logPath = logPath
    self.environment = environment
    self.frameInterval = frameInterval
  }
}
