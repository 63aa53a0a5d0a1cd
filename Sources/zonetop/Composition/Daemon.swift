import Control
import DNS
import Federation
import Telemetry

/// A controller as a service: what it says of itself to monitoring and to the service manager, and how it ends.
struct Daemon {
  private let session: Session
  private let server: TelemetryServer?
  private let watchdog: Task<Void, Never>

  /// - Parameter listen: ADDRESS:PORT; nil takes the configuration's.
  static func start(_ session: Session, listen: String?) async throws -> Daemon {
    let address = try listen.map(Self.address) ?? session.configuration.telemetry
    var server: TelemetryServer?
    if let address { server = try await serve(session.controller, at: address) }
    return Daemon(
      session: session, server: server,
      // Owned by the daemon, which cancels it in `stop`.
      watchdog: Task { await ServiceManager.standard?.watch(session.controller) })
  }

  /// Ends in order: no new commit, the audit handed over, then the endpoints.
  func stop() async {
    ServiceManager.standard?.notify("STOPPING=1")
    watchdog.cancel()
    await session.stop()
    await watchdog.value
    await server?.stop()
  }

  private static func serve(_ controller: Controller, at address: ServerAddress) async throws -> TelemetryServer {
    do throws(TelemetryServer.StartError) {
      return try await TelemetryServer.start(
        host: address.address.description, port: Int(address.port),
        sources: TelemetryServer.Sources(
          live: { HealthReport(await controller.liveness()) }, ready: { HealthReport(await controller.readiness()) },
          metrics: { await controller.metrics().map(MetricFamily.init) }))
    } catch {
      throw Failure(.failed, error.description)
    }
  }

  private static func address(_ text: String) throws -> ServerAddress {
    if let address = ServerAddress(text) { return address }
    throw Failure(
      .usage, "--telemetry \(cleanLine(text)): write ADDRESS:PORT with an IP address, such as 127.0.0.1:9153")
  }
}

extension HealthReport {
  fileprivate init(_ findings: [HealthFinding]) {
    self.init(findings.map { Check($0.name, $0.isPassing, $0.detail) })
  }
}

extension MetricFamily {
  fileprivate init(_ reading: MetricReading) {
    let type: Kind =
      switch reading.metric.kind {
      case .counter: .counter
      case .gauge: .gauge
      case .histogram: .histogram
      }
    self.init(
      name: reading.metric.name, help: reading.metric.help, type: type,
      samples: reading.samples.map { sample in
        Sample(suffix: sample.suffix, labels: sample.labels.map { Label($0.name, $0.value) }, value: sample.value)
      })
  }
}
