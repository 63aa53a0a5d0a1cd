import Control
import Federation
import HTTPTransport
import Kubernetes
import Logging

/// Puts the audit together: its file among this user's state, its journal at the federation API.
enum AuditFiles {
  /// The trail of a controller that writes; without a folder for its file it lives in memory until the API takes it.
  static func trail(
    _ federation: Federation, client: KubernetesClient, events: EventRecorder, clock: any Clock<Duration>
  ) -> AuditTrail {
    let log = Logger(label: "zonetop")
    let opened = StateFolder.path.flatMap { FileSpool.open(folder: $0, name: name(federation)) }
    if opened == nil {
      log.warning("the audit has no file: what the federation API has not taken ends with this process")
    }
    return AuditTrail(
      journal: ConfigMapJournal(client: client, federation: federation), spool: opened?.spool,
      events: events, left: opened?.left ?? [], writer: SystemIdentity.process, now: SystemClock.now, clock: clock,
      log: log)
  }

  /// The history as the federation API has it, with what this user's processes have not handed over yet.
  static func history(_ global: GlobalOptions) async throws -> AuditHistory {
    let configuration = try Session.configuration(global)
    let client = try await client(configuration, global)
    let journal = ConfigMapJournal(client: client, federation: configuration.federation)
    do throws(KubernetesError) {
      return AuditHistory(try await journal.read() + waiting(configuration.federation))
    } catch {
      throw Failure(.unreachable, "the history is at the federation API, which is not reachable: \(error.description)")
    }
  }

  /// A client of the federation API.
  static func client(_ global: GlobalOptions) async throws -> KubernetesClient {
    try await client(try Session.configuration(global), global)
  }

  private static func client(_ configuration: Configuration, _ global: GlobalOptions) async throws -> KubernetesClient {
    let access: ClusterAccess
    do {
      let transport = try HTTPTransport()
      switch configuration.api {
      case .embedded(let settings) where global.context == nil:
        return try await EmbeddedClient.open(settings, mode: .observe, transport: transport).client
      case .embedded: access = try await Session.kubeconfig(global).access(context: global.context ?? "")
      case .context(let name): access = try await Session.kubeconfig(global).access(context: global.context ?? name)
      }
      return KubernetesClient(access: access, transport: transport, silenceTimeout: .seconds(10))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.failed, "\(error)")
    }
  }

  /// What processes of this user have not handed over yet.
  static func waiting(_ federation: Federation) -> [AuditEntry] {
    StateFolder.path.map { FileSpool.peek(folder: $0, name: name(federation)) } ?? []
  }

  private static func name(_ federation: Federation) -> String { "\(federation.name).\(federation.domain.text)" }
}
