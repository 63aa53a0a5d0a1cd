import APIServer
import Federation

/// The objects of an embedded API.
enum EmbeddedStore {
  /// The namespaces that are there from the beginning.
  static let namespaces = ["default", "kube-system", "zonetop-system"]

  /// Opens the store; a new one gets its namespaces.
  static func open(_ path: String) async throws -> APIEndpoint {
    let kept: KeptStore
    do throws(StorageError) {
      kept = try await SQLiteLog.open(path, startingAt: APIEndpoint.firstRevision(SystemServerClock()))
    } catch {
      throw Failure(.failed, cleanText(error.description, limit: 1024))
    }
    let endpoint = APIEndpoint(path: "", catalog: .federation, kept: kept)
    do throws(APIError) {
      try await endpoint.ensureNamespaces(namespaces)
    } catch {
      await endpoint.close()
      throw Failure(.failed, "cannot prepare the store \(cleanLine(path)): \(error.message)")
    }
    return endpoint
  }
}
