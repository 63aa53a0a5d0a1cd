import Federation
import Logging
import Synchronization
import Telemetry

/// Sends what the program logs to standard error, which a dashboard's screen leads to its log file.
enum LogOutput {
  private static let isOver = Atomic(false)

  /// Once, before anything logs.
  static func begin(_ format: LogFormat = .text, level: Logger.Level = .notice) {
    LoggingSystem.bootstrap { label in
      LineLogHandler(label: label, format: format, level: level, now: { SystemClock.now().description }) {
        if !isOver.load(ordering: .relaxed) { FileOutput.error.write($0) }
      }
    }
  }

  /// A person has the terminal back: what the program still says on its way out is not for them.
  static func end() { isOver.store(true, ordering: .relaxed) }
}
