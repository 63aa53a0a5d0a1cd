import Control
import Dashboard
import Documents
import DNS
import DNSProviders
import Federation
import Glibc
import JSON
import Logging
import NameServer
import Simulation

/// The simulated federation, its name server and the controller that keeps it, in one process.
struct DemoFederation {
  let session: Session
  let simulation: SimulatedFederation
  let nameServer: NameServer
  let api: EmbeddedAPI
  let chaos: DemoChaos
  let folder: DemoFolder

  /// Starts everything and returns when the names are served.
  static func start(_ demo: Demo) async throws -> DemoFederation {
    let folder = try DemoFolder(demo.dir)
    do { return try await start(demo, in: folder) } catch {
      folder.leave()
      throw error
    }
  }

  private static func start(_ demo: Demo, in folder: DemoFolder) async throws -> DemoFederation {
    let (simulation, nameServer, api) = try await servers(demo, in: folder.path)
    let text = try TextFile.read(simulation.configPath)
    let written: Configuration
    do { written = try Configuration(text: text, name: simulation.configPath) } catch {
      throw Failure(.failed, error.description)
    }
    var configuration = written
    var provider: (any DNSProvider)? = EmbeddedProvider(nameServer.store, federation: configuration.federation)
    if demo.global.config != nil {
      let own = try Session.configuration(demo.global)
      configuration.aliases = own.aliases
      configuration.aliasZones = own.aliasZones
      if case .embedded = own.dns.provider {
        try join(written, own, at: simulation.configPath, text: text)
      } else {
        // Anyone's own test zone instead of the embedded name server: its dns section, and the federation it belongs to.
        configuration.dns = own.dns
        configuration.federation = own.federation
        provider = nil
      }
    }
    var global = demo.global
    global.kubeconfig = simulation.kubeconfigPath
    global.context = nil
    let session = try await Session.open(
      configuration, global, mode: demo.observe ? .observe : .lead, provider: provider)
    let started = DemoFederation(
      session: session, simulation: simulation, nameServer: nameServer, api: api,
      chaos: DemoChaos(simulation.chaos), folder: folder)
    if demo.headless, !demo.observe { try await started.waitUntilServed() }
    return started
  }

  /// The simulated clusters and, at the ports after theirs, the name server and the federation API.
  private static func servers(_ demo: Demo, in directory: String) async throws -> (
    SimulatedFederation, NameServer, EmbeddedAPI
  ) {
    let listen = try demo.listen.map(Self.address)
    let store = "\(directory)/federation.sqlite"
    let options = SimulationOptions(
      clusters: demo.clusters, services: demo.services, seed: demo.seed, port: listen.map { Int($0.port) } ?? 0,
      directory: directory, script: try demo.script.map(Self.script) ?? Script(steps: []),
      federation: try EmbeddedAPI.access(to: store))
    // Without --listen the kernel chooses the API's port, and the ones after it may be taken.
    for attempt in 1...8 {
      let simulation: SimulatedFederation
      do { simulation = try await SimulatedFederation.start(options, logger: Logger(label: "simulation")) } catch {
        throw Failure(.failed, error.description)
      }
      do {
        let (nameServer, api) = try await companions(of: simulation, options, store: store)
        return (simulation, nameServer, api)
      } catch {
        await simulation.stop()
        guard listen == nil, attempt < 8 else { throw error }
      }
    }
    throw Failure(.failed, "no three free ports in a row on 127.0.0.1; give them with --listen 127.0.0.1:PORT")
  }

  private static func companions(
    of simulation: SimulatedFederation, _ options: SimulationOptions, store: String
  ) async throws -> (NameServer, EmbeddedAPI) {
    let nameServer: NameServer
    do {
      nameServer = try await NameServer.start(
        zone: AuthoritativeZone(apex: DomainName(canonical: "example.com")), address: "127.0.0.1",
        port: simulation.dnsPort, options: .standard)
    } catch {
      throw Failure(.failed, error.description)
    }
    do {
      let place = EmbeddedAPIPlace(host: "127.0.0.1", port: simulation.apiPort + 2, store: store)
      let api = try await EmbeddedAPI.start(place)
      do { try await SimulatedFederation.furnish(api.endpoint, for: options) } catch {
        await api.stop()
        throw Failure(.failed, error.description)
      }
      return (nameServer, api)
    } catch {
      await nameServer.shutdown()
      throw error
    }
  }

  private static func script(_ path: String) throws -> Script {
    do { return try Script(try TextFile.read(path), name: path) } catch let error as DocumentError {
      throw Failure(.failed, error.description)
    }
  }

  /// One JSON line for whoever started the demo to join in.
  var readyLine: String {
    let line: JSONValue = [
      "ready": true, "api": .string("http://127.0.0.1:\(simulation.apiPort)"),
      "dns": .string("127.0.0.1:\(nameServer.port)"), "kubeconfig": .string(simulation.kubeconfigPath),
      "config": .string(simulation.configPath),
    ]
    return line.text()
  }

  private func waitUntilServed() async throws {
    for await snapshot in session.controller.snapshots() {
      let isServed = snapshot.services.allSatisfy { service in
        service.generation != nil && service.isInStep
          && service.names.allSatisfy { $0.servers.map { $0.agreeing == $0.asked } ?? true }
      }
      let isAliased = snapshot.aliases.allSatisfy { $0.isInStep || $0.desired == nil }
      if await session.controller.isSettled, !snapshot.services.isEmpty, isServed, isAliased { return }
      if case .held = snapshot.dns, await session.controller.isSettled { return }
    }
  }

  /// Runs until a signal, or until the time is over.
  func run(until signals: StopSignals, orFor limit: Duration?) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await signals.wait() }
      if let limit { group.addTask { try? await Task.sleep(for: limit) } }
      await group.next()
      group.cancelAll()
    }
  }

  func stop() async {
    await session.stop()
    await api.stop()
    await nameServer.shutdown()
    await simulation.stop()
    folder.leave()
  }

  private static func address(_ text: String) throws -> ServerAddress {
    guard let address = ServerAddress(text), address.address.description == "127.0.0.1", address.port < 65_534 else {
      throw Failure(
        .usage,
        "--listen \(cleanLine(text)): write 127.0.0.1:PORT; the demo has no authorisation and listens on loopback only")
    }
    return address
  }
}
