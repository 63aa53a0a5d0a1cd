import Control
import Federation
import Glibc
import HTTPTransport
import Kubernetes

/// The federation API of the configuration, for commands that change what it holds, without a controller.
struct FederationPlace: Sendable {
  let federation: KubernetesClient
  private let kubeconfig: Kubeconfig
  private let transport: HTTPTransport
  /// Where credentials are files; nil where they are Secrets.
  private let folder: String?

  static func open(_ global: GlobalOptions) async throws -> FederationPlace {
    let configuration = try Session.configuration(global)
    do {
      let kubeconfig = try await Kubeconfig.load(explicit: global.kubeconfig, environment: Environment.all)
      let transport = try HTTPTransport()
      let federation: KubernetesClient
      switch configuration.api {
      case .embedded(let settings) where global.context == nil:
        federation = try await EmbeddedClient.open(settings, mode: .observe, transport: transport).client
      case .embedded:
        federation = KubernetesClient(
          access: try await kubeconfig.access(context: global.context), transport: transport)
      case .context(let name):
        federation = KubernetesClient(
          access: try await kubeconfig.access(context: global.context ?? name), transport: transport)
      }
      return FederationPlace(
        federation: federation, kubeconfig: kubeconfig, transport: transport,
        folder: try ClusterFiles.folder(configuration.api))
    } catch let error as KubernetesError {
      throw Failure(.failed, error.description)
    } catch let error as HTTPError {
      throw Failure(.failed, error.description)
    }
  }

  func client(context: String) async throws -> KubernetesClient {
    do {
      return KubernetesClient(access: try await kubeconfig.access(context: context), transport: transport)
    } catch {
      throw Failure(.failed, error.description)
    }
  }

  /// Puts a joined cluster's kubeconfig where the controller finds it.
  @Sendable func keep(_ name: String, _ text: String) async throws(JoinError) -> ObjectKey? {
    guard let folder else {
      do {
        return try await ClusterSecrets.keep(text, of: name, at: federation)
      } catch {
        guard error.code == .notFound else { throw JoinError(.failed, error.description) }
        throw JoinError(
          .failed,
          "the federation API keeps no Secrets, so that the credentials belong beside its store: use a configuration with "
            + "`api: { embedded: … }` on the machine where the store is")
      }
    }
    do {
      try SecretFile.makeFolder(folder)
      try SecretFile.write(text, to: "\(folder)/\(name).kubeconfig")
      return nil
    } catch {
      throw JoinError(.failed, (error as? Failure)?.message ?? "cannot write into \(cleanLine(folder))")
    }
  }

  /// Removes the credentials of a cluster that has left.
  func forget(_ name: String) async throws(JoinError) {
    guard let folder else {
      do { try await ClusterSecrets.forget(name, at: federation) } catch { throw JoinError(.failed, error.description) }
      return
    }
    unlink("\(folder)/\(name).kubeconfig")
  }
}
