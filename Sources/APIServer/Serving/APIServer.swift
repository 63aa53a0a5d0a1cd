import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An HTTP server that serves any number of API endpoints, each under its path.
///
/// HTTP/1.1, JSON only; over TLS and with access control where it is given ``Security``, else plain and open to all
/// who reach it, as simulated clusters are. It runs until ``stop(within:)``.
package actor APIServer {
  package nonisolated let endpoints: EndpointTable
  /// The port it listens on.
  package nonisolated let port: Int
  private let group: ServiceGroup
  private let running: Task<Void, any Error>

  /// Why a server did not start.
  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  /// What a server shows to its clients and asks of them.
  package struct Security: Sendable {
    package var certificate: ServingCertificate
    package var access: AccessControl

    package init(certificate: ServingCertificate, access: AccessControl) {
      self.certificate = certificate
      self.access = access
    }
  }

  private init(endpoints: EndpointTable, port: Int, group: ServiceGroup, running: Task<Void, any Error>) {
    self.endpoints = endpoints
    self.port = port
    self.group = group
    self.running = running
  }

  /// Starts a server and returns once it listens.
  ///
  /// - Parameters:
  ///   - port: 0 lets the kernel choose; ``port`` says which it became.
  package static func start(
    host: String = "127.0.0.1", port: Int, endpoints: EndpointTable = EndpointTable(),
    watches: WatchPolicy = WatchPolicy(), security: Security? = nil, limits: ServerLimits = ServerLimits(),
    logger: Logger
  ) async throws(StartError) -> APIServer {
    // Hummingbird reports its own start and the cut of connections at the stop; callers know both.
    var quiet = logger
    quiet.logLevel = .critical
    let (ports, listening) = AsyncStream<Int>.makeStream()
    let application = Application(
      responder: APIResponder(endpoints: endpoints, watches: watches, access: security?.access, logger: logger),
      server: HTTPServerBuilder { responder in
        ConnectionChannel(responder: responder, limits: limits, certificate: security?.certificate)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(host, port: port), reuseAddress: true,
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
      onServerRunning: { channel in
        listening.yield(channel.localAddress?.port ?? port)
        listening.finish()
      },
      logger: quiet)
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: quiet))
    // Owned by the server, which ends it in `stop`.
    let running = Task {
      defer { listening.finish() }
      try await group.run()
    }
    var iterator = ports.makeAsyncIterator()
    guard let bound = await iterator.next() else {
      let result = await running.result
      throw StartError(description: Self.refusal(host, port, result))
    }
    return APIServer(endpoints: endpoints, port: bound, group: group, running: running)
  }

  /// Stops listening, lets requests come to their end and ends watches; cuts what is left when the time is over.
  ///
  /// - Parameter farewell: zero cuts all connections at once.
  package func stop(within farewell: Duration = .zero) async {
    if farewell > .zero {
      await group.triggerGracefulShutdown()
      let running = running
      await withTaskGroup(of: Void.self) { group in
        group.addTask { _ = await running.result }
        group.addTask {
          if (try? await Task.sleep(for: farewell)) != nil { running.cancel() }
        }
        await group.next()
        group.cancelAll()
      }
    }
    running.cancel()
    _ = await running.result
  }

  private static func refusal(_ host: String, _ port: Int, _ result: Result<Void, any Error>) -> String {
    let place = "\(host.contains(":") ? "[\(host)]" : host):\(port)"
    guard case .failure(let error) = result else { return "cannot listen on \(place): it ended at once" }
    guard let system = error as? IOError else {
      return "cannot listen on \(place): \(error); choose another address"
    }
    switch system.errnoCode {
    case EADDRINUSE:
      return "cannot listen on \(place): another process listens there (`ss -ltnp` shows which); choose another port"
    case EACCES: return "cannot listen on \(place): ports below 1024 need privileges; choose another port"
    case EADDRNOTAVAIL: return "cannot listen on \(place): no interface of this machine has that address"
    default: return "cannot listen on \(place): \(String(cString: strerror(system.errnoCode))); choose another port"
    }
  }
}
