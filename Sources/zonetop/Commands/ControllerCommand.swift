import ArgumentParser
import Control
import Logging
import Telemetry

struct ControllerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controller",
    abstract: "Keep the names true: observe, judge, plan, apply, read back, until stopped (TERM or INT).",
    discussion: """
      The first TERM or INT lets the commit that is on its way end and keeps its audit; the second ends at once.

      EXAMPLES
        zonetop controller
        zonetop controller --telemetry 127.0.0.1:9153 --log-format json
        curl http://127.0.0.1:9153/readyz         /livez and /metrics beside it
      """)

  @OptionGroup var global: GlobalOptions
  @Option(
    help: "ADDRESS:PORT of /livez, /readyz and /metrics; default: the configuration's telemetry.listen, else none.")
  var telemetry: String?
  @Option(help: "text or json, one line an event, on standard error.") var logFormat: LogFormat = .text
  @Option(help: "trace, debug, info, notice, warning, error or critical.", transform: Self.level)
  var logLevel: Logger.Level = .info

  func run() async throws {
    LogOutput.begin(logFormat, level: logLevel)
    let signals = StopSignals()
    let session = try await Session.open(global, mode: .lead)
    let daemon: Daemon
    do { daemon = try await Daemon.start(session, listen: telemetry) } catch {
      await session.stop()
      throw error
    }
    await signals.wait()
    StopSignals.forceWithNext()
    await daemon.stop()
  }

  private static func level(_ text: String) throws -> Logger.Level {
    if let level = Logger.Level(rawValue: text) { return level }
    throw ValidationError("write trace, debug, info, notice, warning, error or critical")
  }
}

extension LogFormat: ExpressibleByArgument {}
