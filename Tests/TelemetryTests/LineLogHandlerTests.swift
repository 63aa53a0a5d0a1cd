import Logging
import Synchronization
import Telemetry
import Testing

@Suite("Log lines")
struct LineLogHandlerTests {
  private func lines(_ format: LogFormat, _ level: Logger.Level, _ body: (Logger) -> Void) -> String {
    let written = Written()
    body(
      Logger(label: "zonetop") { label in
        LineLogHandler(label: label, format: format, level: level, now: { "2026-01-01T00:00:00Z" }) { written.add($0) }
      })
    return written.text.withLock { $0 }
  }

  private final class Written: Sendable {
    let text = Mutex("")
    func add(_ line: String) { text.withLock { $0 += line } }
  }

  @Test("One line an event, whatever the message holds")
  func text() {
    let log = lines(.text, .info) {
      $0.debug("not shown")
      $0.info("three\nlines\u{1b}[31m", metadata: ["service": "mynamespace/nginx", "why": "a b"])
    }
    #expect(log == "2026-01-01T00:00:00Z info three lines [31m service=mynamespace/nginx why=\"a b\"\n")
  }

  @Test("JSON is one object a line")
  func json() {
    let log = lines(.json, .debug) { $0.debug("say \"hi\"", metadata: ["generation": "17"]) }
    #expect(
      log
        == #"{"time":"2026-01-01T00:00:00Z","level":"debug","logger":"zonetop","message":"say \"hi\"","generation":"17"}"#
        + "\n")
  }
}
