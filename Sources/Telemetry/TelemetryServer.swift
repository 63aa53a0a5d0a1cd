internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Serves `/livez`, `/readyz` and `/metrics` over plain HTTP until it is stopped.
///
/// What it says comes from closures, asked anew for every request. Nothing there is secret and nothing can be changed;
/// listen where monitoring can reach it.
package actor TelemetryServer {
  /// The port it listens on.
  package nonisolated let port: Int
  private let running: Task<Void, any Error>

  /// What it says.
  package struct Sources: Sendable {
    package var live: @Sendable () async -> HealthReport
    package var ready: @Sendable () async -> HealthReport
    package var metrics: @Sendable () async -> [MetricFamily]

    package init(
      live: @escaping @Sendable () async -> HealthReport, ready: @escaping @Sendable () async -> HealthReport,
      metrics: @escaping @Sendable () async -> [MetricFamily]
    ) {
      self.live = live
      self.ready = ready
      self.metrics = metrics
    }
  }

  /// Why it did not start; one line.
  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  private init(port: Int, running: Task<Void, any Error>) {
    self.port = port
    self.running = running
  }

  /// Starts a server and returns once it listens.
  ///
  /// - Parameters:
  ///   - port: 0 lets the kernel choose; ``port`` says which it became.
  package static func start(host: String, port: Int, sources: Sources) async throws(StartError) -> TelemetryServer {
    // Hummingbird reports its own start and stop; callers know both.
    let quiet = Logger(label: "telemetry") { _ in SwiftLogNoOpLogHandler() }
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let application = Application(
      router: router(sources),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port), reuseAddress: true),
      onServerRunning: { channel in
        listening.yield(channel.localAddress?.port ?? port)
        listening.finish()
      }, logger: quiet)
    // Owned by the server, which cancels it in `stop`.
    let running = Task {
      defer { listening.finish() }
      try await application.run()
    }
    var iterator = ports.makeAsyncIterator()
    if let bound = await iterator.next() { return TelemetryServer(port: bound, running: running) }
    let why: String
    switch await running.result {
    case .success: why = "it ended at once"
    case .failure(let error): why = "\(error)"
    }
    throw StartError(description: "telemetry cannot listen on \(host):\(port): \(why); choose another address")
  }

  /// Stops listening and returns when all connections are gone.
  package func stop() async {
    running.cancel()
    _ = await running.result
  }

  private static func router(_ sources: Sources) -> Router<BasicRequestContext> {
    let router = Router()
    router.get("livez") { request, _ in answer(await sources.live(), to: request) }
    router.get("readyz") { request, _ in answer(await sources.ready(), to: request) }
    router.get("metrics") { _, _ in
      text(prometheusText(await sources.metrics()), .ok, "text/plain; version=0.0.4; charset=utf-8")
    }
    return router
  }

  private static func answer(_ report: HealthReport, to request: Request) -> Response {
    let wantsJSON = request.headers[.accept]?.contains("application/json") ?? false
    let status: HTTPResponse.Status = report.isPassing ? .ok : .serviceUnavailable
    return wantsJSON
      ? text(report.json, status, "application/json") : text(report.text, status, "text/plain; charset=utf-8")
  }

  private static func text(_ text: String, _ status: HTTPResponse.Status, _ type: String) -> Response {
    Response(
      status: status, headers: [.contentType: type, .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
