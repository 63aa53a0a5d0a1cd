import Control
import DNS
import DNSProviders
import Documents
import Federation
import Glibc
import HTTPTransport
import Kubernetes
import Logging
import Resolution

/// A controller put together from the configuration and started: the composition root of every command.
struct Session {
  let controller: Controller
  let provider: any DNSProvider
  /// Where success is read back, and for aliases in other zones, by zone.
  private let nameServers: [ServerAddress]
  private let elsewhere: [DomainName: [ServerAddress]]
  let configuration: Configuration
  /// Where the configuration came from.
  let global: GlobalOptions
  /// The federation API, where this process serves it.
  private let embedded: EmbeddedAPI?
  private let running: Task<Void, Never>
  private let notifications: NotifyListener?

  /// How long a command waits for the world before it says what is missing.
  static let patience: Duration = .seconds(15)

  /// Reads the configuration and starts a controller.
  static func open(_ global: GlobalOptions, mode: ControlMode = .observe) async throws -> Session {
    let configuration = try configuration(global)
    return try await open(configuration, global, mode: mode, provider: nil)
  }

  /// Starts a controller on a configuration.
  ///
  /// - Parameter provider: takes the place of the configured one: the demo's embedded name server.
  static func open(
    _ configuration: Configuration, _ global: GlobalOptions, mode: ControlMode, provider: (any DNSProvider)?
  ) async throws -> Session {
    let kubeconfig = try await kubeconfig(global)
    let (federation, transport, embedded) = try await federationClient(configuration, global, mode: mode)
    let clock = ContinuousClock()
    func client(_ context: String) async throws -> KubernetesClient {
      do { return KubernetesClient(access: try await kubeconfig.access(context: context), transport: transport) } catch
      {
        throw Failure(.failed, "\(error)")
      }
    }
    let observers: [any Observer] = [FederationObserver(client: federation, selection: configuration.services)]
    let events = EventRecorder(client: federation, instance: SystemIdentity.process, now: SystemClock.now)
    let propagator =
      mode == .lead
      ? Propagator(
        federation: configuration.federation.name, client: federation, selection: configuration.services,
        patience: configuration.safety.unreachableAfter,
        events: events, log: Logger(label: "zonetop"), clock: clock)
      : nil
    var members: [(member: Configuration.Member, client: KubernetesClient)] = []
    for member in configuration.clusters { members.append((member, try await client(member.context))) }
    let directory = ClusterDirectory(
      configured: members, federation: federation,
      credentials: StoredCredentials(
        federation: federation, kubeconfig: kubeconfig, folder: try ClusterFiles.folder(configuration.api)),
      propagator: propagator, events: events, patience: configuration.safety.unreachableAfter,
      onlyLooks: mode == .observe,
      log: Logger(label: "zonetop"), clock: clock
    ) { KubernetesClient(access: $0, transport: transport) }
    let joint = try AliasZones.join(
      provider ?? Providers.make(configuration, over: transport), configuration, over: transport)
    let chosen = MeasuredProvider(joint, clock: clock)
    let elsewhere = await AliasZones.servers(configuration)
    let servers = try await NameServers.find(configuration)
    let memory = PlaceMemory(federation: configuration.federation)
    let core = ControlCore(
      federation: configuration.federation, limits: configuration.safety, identity: SystemIdentity.process,
      members: configuration.clusters, aliases: configuration.aliases, places: memory.load(), awaitsMembers: true,
      at: SystemClock.now())
    let tracer = Tracer(
      servers: servers, elsewhere: elsewhere, questions: DNSClient.standard, flags: [], clock: clock)
    let readBack = ReadBack(
      servers: servers, elsewhere: elsewhere, questions: DNSClient.standard, clock: clock, schedule: .standard)
    let notifications = try await Providers.notifications(configuration)
    let world = ControllerWorld(
      observers: observers, provider: chosen, providerName: providerName(configuration, chosen),
      orders: FederationOrders(client: federation, person: SystemIdentity.person), hosts: SystemHostLookup(),
      readBack: { await readBack.confirm($0) }, trace: { await tracer.trace($0, $1) },
      directory: directory, propagator: propagator, now: SystemClock.now, clock: clock,
      audit: mode == .lead
        ? AuditFiles.trail(configuration.federation, client: federation, events: events, clock: clock)
        : nil,
      lease: FederationLease(client: federation, configuration),
      prober: mode == .lead ? DataPlaneProber(settings: configuration.probes, over: transport) : nil,
      events: mode == .lead ? events : nil, zoneChanges: notifications?.notifications)
    let election = LeaseElection(
      identity: SystemIdentity.unique, timing: configuration.lease, isCandidate: mode == .lead)
    let controller = Controller(
      core: core, mode: mode, world: world, election: election, environment: configuration.dashboard.environment,
      log: mode == .lead ? Logger(label: "zonetop") : Logger(label: "zonetop") { _ in SwiftLogNoOpLogHandler() })
    return Session(
      controller: controller, provider: chosen, nameServers: servers, elsewhere: elsewhere,
      configuration: configuration, global: global, embedded: embedded,
      running: Task {
        await withDiscardingTaskGroup { group in
          group.addTask { await controller.run() }
          group.addTask { await memory.follow(controller) }
          guard mode == .lead else { return }
          group.addTask {
            for finding in await Providers.openingFindings(configuration, over: transport) {
              Logger(label: "zonetop").warning("\(finding)")
            }
          }
        }
      }, notifications: notifications)
  }

  // MARK: What commands ask

  /// The picture once everything has been read; what cannot be read in time is said and ends the command.
  func settledSnapshot() async throws -> FederationSnapshot {
    let snapshot = await controller.settledSnapshot(within: Self.patience)
    guard await controller.isSettled else {
      throw Failure(
        .unreachable, "not reachable within \(Self.patience.components.seconds) s: \(await controller.waitingFor)")
    }
    return snapshot
  }

  /// What the name servers of its zone answer for every record set.
  func served(_ keys: [RecordKey]) async -> [RecordKey: [ServedSets.Answer]] {
    let home = Dictionary(grouping: keys) { key in
      elsewhere.keys.filter(key.name.isSubdomain).max { $0.text.utf8.count < $1.text.utf8.count }
    }
    var answers: [RecordKey: [ServedSets.Answer]] = [:]
    for (zone, keys) in home {
      let servers = zone.flatMap { elsewhere[$0] } ?? nameServers
      answers.merge(await ServedSets(servers: servers, questions: DNSClient.standard).ask(keys)) { $1 }
    }
    return answers
  }

  /// The plans of all services, or of one, once everything has been read.
  func settledPlans(of service: ServiceKey?) async throws -> [ServicePlan] {
    _ = try await settledSnapshot()
    let plans = await controller.plans(of: service)
    if let service, plans.isEmpty {
      throw Failure(.failed, "there is no federated service \(service); `zonetop status` lists them")
    }
    return plans
  }

  /// Prints what came of an intent, or ends the command with the contract's code.
  func report(_ result: IntentResult) throws {
    switch result {
    case .done(let line): FileOutput.standard.write(line + "\n")
    case .refused(let rule, let why): throw Failure(.refused, "refused by \(rule.rawValue): \(why)")
    case .changed(let preview):
      FileOutput.standard.write(lines: PreviewReport(preview).lines)
      throw Failure(.failed, "the world has moved since the plan was shown; this is the new one, give the order again")
    case .failed(let why): throw Failure(.failed, why)
    }
  }

  /// Ends in order: the commit on its way is finished, and the audit of it kept.
  func stop() async {
    await controller.quiesce(within: .seconds(10))
    running.cancel()
    await notifications?.close()
    await running.value
    // The audit goes to the federation API, which may be our own: that ends last.
    await controller.finishAudit(within: .seconds(3))
    await embedded?.stop()
  }

  // MARK: Parts

  /// A client of the federation API, the transport that it uses, and the embedded API where this process serves it.
  static func federationClient(
    _ configuration: Configuration, _ global: GlobalOptions, mode: ControlMode = .observe
  ) async throws -> (KubernetesClient, HTTPTransport, EmbeddedAPI?) {
    let transport: HTTPTransport
    do { transport = try HTTPTransport() } catch { throw Failure(.failed, error.description) }
    do {
      let access: ClusterAccess
      switch configuration.api {
      case .embedded(let settings) where global.context == nil:
        let (client, embedded) = try await EmbeddedClient.open(settings, mode: mode, transport: transport)
        return (client, transport, embedded)
      case .embedded: access = try await kubeconfig(global).access(context: global.context ?? "")
      case .context(let name): access = try await kubeconfig(global).access(context: global.context ?? name)
      }
      return (KubernetesClient(access: access, transport: transport), transport, nil)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.failed, "\(error)")
    }
  }

  static func configuration(_ global: GlobalOptions) throws -> Configuration {
    let path =
      global.config ?? "\(Environment["XDG_CONFIG_HOME"] ?? "\(Environment.home)/.config")/zonetop/config.yaml"
    if global.config == nil, access(path, R_OK) != 0 {
      throw Failure(
        .failed,
        "there is no configuration at \(path); write one (README.md shows how), name it with --config, or try `zonetop demo`"
      )
    }
    do { return try Configuration(text: try TextFile.read(path), name: path) } catch let error as DocumentError {
      throw Failure(.failed, error.description)
    }
  }

  static func kubeconfig(_ global: GlobalOptions) async throws -> Kubeconfig {
    do { return try await Kubeconfig.load(explicit: global.kubeconfig, environment: Environment.all) } catch {
      throw Failure(.failed, "\(error)")
    }
  }

  private static func providerName(_ configuration: Configuration, _ provider: any DNSProvider) -> String {
    let place: String? =
      switch configuration.dns.provider {
      case .rfc2136(let settings) where provider.kind == "rfc2136": settings.servers.first.map { "\($0)" }
      default: nil
      }
    let name = place.map { "\(provider.kind) \($0)" } ?? provider.kind
    // What cannot compare says so wherever it is shown.
    return provider.fence == .lease ? "\(name) (fenced by lease only)" : name
  }
}
