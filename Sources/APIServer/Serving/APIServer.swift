import Hummingbird
package import Logging
import NIOCore

/// An HTTP server on a loopback port that serves any number of API endpoints, each under its path.
///
/// Plain HTTP/1.1, JSON only. It runs until ``stop()``.
package actor APIServer {
  package nonisolated let endpoints: EndpointTable
  /// The port it listens on.
  package nonisolated let port: Int
  private let running: Task<Void, any Error>

  /// Why a server did not start.
  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  private init(endpoints: EndpointTable, port: Int, running: Task<Void, any Error>) {
    self.endpoints = endpoints
    self.port = port
    self.running = running
  }

  /// Starts a server and returns once it listens.
  ///
  /// - Parameters:
  ///   - port: 0 lets the kernel choose; ``port`` says which it became.
  package static func start(
    host: String = "127.0.0.1", port: Int, endpoints: EndpointTable = EndpointTable(),
    watches: WatchPolicy = WatchPolicy(), logger: Logger
  ) async throws(StartError) -> APIServer {
    // Hummingbird reports its own start and the cut of connections at the stop; callers know both.
    var quiet = logger
    quiet.logLevel = .critical
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let application = Application(
      responder: APIResponder(endpoints: endpoints, watches: watches),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port), reuseAddress: true),
      onServerRunning: { channel in
        listening.yield(channel.localAddress?.port ?? port)
        listening.finish()
      },
      logger: quiet)
    // Owned by the server, which cancels it in `stop`.
    let running = Task {
      defer { listening.finish() }
      try await application.run()
    }
    var iterator = ports.makeAsyncIterator()
    guard let bound = await iterator.next() else {
      let why: String
      do {
        try await running.value
        why = "it ended at once"
      } catch {
        why = "\(error)"
      }
      throw StartError(description: "cannot listen on \(host):\(port): \(why); choose another port")
    }
    return APIServer(endpoints: endpoints, port: bound, running: running)
  }

  /// Stops listening, cuts all connections and returns when they are gone.
  package func stop() async {
    running.cancel()
    _ = await running.result
  }
}
