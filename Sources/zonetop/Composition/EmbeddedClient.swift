import Control
import HTTPTransport
import Kubernetes

/// How a command reaches the embedded API of its configuration.
enum EmbeddedClient {
  /// A client of the API, and the API itself where it had to be started: the controller brings one up unless another
  /// process, such as `zonetop apiserver`, serves it already.
  static func open(
    _ settings: EmbeddedAPISettings, mode: ControlMode, transport: HTTPTransport
  ) async throws -> (client: KubernetesClient, api: EmbeddedAPI?) {
    let place = try EmbeddedAPIPlace(settings)
    let answer = await running(place, mode: mode, transport: transport)
    if case .success(let client) = answer { return (client, nil) }
    guard mode == .lead else {
      var why = "it has never run here"
      if case .failure(let failure) = answer { why = failure.message ?? why }
      throw Failure(
        .unreachable,
        "the embedded federation API at \(place.url(port: place.port)) does not answer: \(why); start `zonetop apiserver` or `zonetop controller`"
      )
    }
    let api = try await EmbeddedAPI.start(place)
    switch await running(place, mode: mode, transport: transport) {
    case .success(let client): return (client, api)
    case .failure(let failure):
      await api.stop()
      throw failure
    }
  }

  /// The client, when the API answers.
  private static func running(
    _ place: EmbeddedAPIPlace, mode: ControlMode, transport: HTTPTransport
  ) async -> Result<KubernetesClient, Failure> {
    // The controller writes as itself; people are the administrator, for whoever reads this file is.
    let path = KeyFolder(store: place.store).kubeconfigPath(mode == .lead ? .controller : .admin)
    do {
      guard try SecretFile.read(path) != nil else { return .failure(Failure(.unreachable, "there is no \(path)")) }
      var access = try await Kubeconfig.load(explicit: path, environment: [:]).access(context: EmbeddedAPI.contextName)
      access.server = place.url(port: place.port)
      let client = KubernetesClient(access: access, transport: transport)
      _ = try await client.get("/version")
      return .success(client)
    } catch let failure as Failure {
      return .failure(failure)
    } catch {
      return .failure(Failure(.unreachable, "\(error)"))
    }
  }
}
