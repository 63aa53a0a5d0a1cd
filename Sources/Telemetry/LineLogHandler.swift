package import Logging

/// How log lines look.
package enum LogFormat: String, Sendable, CaseIterable {
  /// `TIME LEVEL message key=value …`
  case text
  /// One JSON object a line.
  case json
}

/// This writes each log message as one line: text for people, JSON for machines.
package struct LineLogHandler: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var logLevel: Logger.Level
  private let label: String
  private let format: LogFormat
  private let now: @Sendable () -> String
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - now: the time as it is to be written.
  ///   - write: takes a whole line with its line feed.
  package init(
    label: String, format: LogFormat, level: Logger.Level, now: @escaping @Sendable () -> String,
    write: @escaping @Sendable (String) -> Void
  ) {
    self.label = label
    self.format = format
    self.logLevel = level
    self.now = now
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
    switch format {
    case .text:
      let pairs = all.map { " \($0.key)=\(Self.word("\($0.value)"))" }.joined()
      write("\(now()) \(event.level.rawValue) \(Self.line("\(event.message)"))\(pairs)\n")
    case .json:
      let pairs = all.map { ",\(quoted($0.key)):\(quoted("\($0.value)"))" }.joined()
      write(
        "{\"time\":\(quoted(now())),\"level\":\(quoted(event.level.rawValue)),\"logger\":\(quoted(label)),"
          + "\"message\":\(quoted("\(event.message)"))\(pairs)}\n")
    }
  }

  /// One line, whatever the message holds.
  private static func line(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
  }

  /// A value that shows where it ends.
  private static func word(_ text: String) -> String {
    text.isEmpty || text.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" || $0 == "\n" })
      ? quoted(text) : line(text)
  }
}
