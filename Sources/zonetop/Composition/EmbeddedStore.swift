import APIServer
import Federation
import JSON

/// The objects of an embedded API.
enum EmbeddedStore {
  /// The namespaces that are there from the beginning.
  static let namespaces = ["default", "kube-system", "zonetop-system"]

  /// Opens the store; a new one gets its namespaces.
  static func open(_ path: String) async throws -> APIEndpoint {
    let endpoint = APIEndpoint(path: "", catalog: .federation)
    do throws(APIError) {
      for name in namespaces { try await create(.namespace, name, ["metadata": ["name": .string(name)]], at: endpoint) }
    } catch {
      await close(endpoint)
      throw Failure(.failed, "cannot prepare the store \(cleanLine(path)): \(error.message)")
    }
    return endpoint
  }

  /// Creates an object where it is absent.
  static func create(
    _ kind: ResourceKind, _ name: String, in namespace: String = "", _ object: JSONValue, at endpoint: APIEndpoint
  ) async throws(APIError) {
    guard (try? await endpoint.get(kind, ObjectName(namespace: namespace, name: name))) == nil else { return }
    try await endpoint.create(kind, in: namespace, object, by: .controller)
  }

  static func close(_ endpoint: APIEndpoint) async {}
}
