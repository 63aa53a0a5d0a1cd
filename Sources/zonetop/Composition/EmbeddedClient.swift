import Control
import Kubernetes

/// How the other commands reach the embedded API of their configuration.
enum EmbeddedClient {
  /// Access as the controller for what leads, as the administrator for what people do.
  static func access(_ settings: EmbeddedAPISettings, mode: ControlMode) async throws -> ClusterAccess {
    let place = try EmbeddedAPIPlace(settings)
    let path = KeyFolder(store: place.store).kubeconfigPath(mode == .lead ? .controller : .admin)
    guard try SecretFile.read(path) != nil else {
      throw Failure(
        .unreachable,
        "the embedded federation API at \(place.url(port: place.port)) has never run: there is no \(path); start `zonetop apiserver` or `zonetop controller`"
      )
    }
    do {
      var access = try await Kubeconfig.load(explicit: path, environment: [:]).access(context: EmbeddedAPI.contextName)
      access.server = place.url(port: place.port)
      return access
    } catch {
      throw Failure(.failed, "\(error)")
    }
  }
}
