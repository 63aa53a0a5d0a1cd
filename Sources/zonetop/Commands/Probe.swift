import ArgumentParser
import Control
import Documents
import Federation
import Logging

struct Probe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Probe the federated services from here and report it at the federation API, until stopped (TERM or INT).",
    discussion: """
      Run it in places that fail apart from one another: each is one vantage point of the rule quorum, by which a cluster
      whose API is silent leaves DNS only when enough of them see its addresses dead.

      EXAMPLES
        zonetop probe --name frankfurt --location eu-central
        zonetop probe --interval 1s --timeout 1s
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "The vantage point's name; default: this host's.") var name: String?
  @Option(help: "Where this is, for people.") var location: String?
  @Option(help: "The pause between two rounds; default: safety.probes.interval.") var interval: String?
  @Option(help: "How long one probe may take; default: safety.probes.timeout.") var timeout: String?

  func run() async throws {
    let signals = StopSignals()
    let configuration = try Session.configuration(global)
    var settings = configuration.probes
    settings.interval = try span(interval, "--interval") ?? settings.interval
    settings.timeout = try span(timeout, "--timeout") ?? settings.timeout
    let (client, transport, _) = try await Session.federationClient(configuration, global)
    let prober = VantageProber(
      client: client, name: try objectName(), location: location.map { cleanLine($0) },
      prober: DataPlaneProber(settings: settings, over: transport), clock: ContinuousClock(), now: SystemClock.now,
      log: Logger(label: "zonetop"))
    let running = Task { await prober.run() }
    await signals.wait()
    running.cancel()
    await running.value
  }

  private func span(_ text: String?, _ option: String) throws -> Duration? {
    guard let text else { return nil }
    guard let span = parseDuration(text), span >= .milliseconds(200), span <= .seconds(60) else {
      throw Failure(.usage, "\(option) \(cleanLine(text)): write a time from 200ms to 60s")
    }
    return span
  }

  /// A name that an object can have.
  private func objectName() throws -> String {
    let wanted = (name ?? String(SystemIdentity.process.prefix { $0 != "/" })).lowercased()
    guard (try? DomainName(wanted)) != nil else {
      throw Failure(.usage, "--name \(cleanLine(wanted)): write letters, digits, hyphens and dots")
    }
    return wanted
  }
}
