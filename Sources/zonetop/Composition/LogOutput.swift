import Federation
import Logging
import Telemetry

/// Sends what the program logs to standard error.
enum LogOutput {
  /// Once, before anything logs.
  static func begin(_ format: LogFormat, level: Logger.Level) {
    LoggingSystem.bootstrap { label in
      LineLogHandler(label: label, format: format, level: level, now: { SystemClock.now().description }) {
        FileOutput.error.write($0)
      }
    }
  }
}
