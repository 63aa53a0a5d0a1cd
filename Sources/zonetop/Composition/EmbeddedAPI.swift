import APIServer
import Logging

/// The federation API that zonetop serves itself: its store, its keys and its server, put together and kept fresh.
struct EmbeddedAPI: Sendable {
  let endpoint: APIEndpoint
  let keys: KeyFolder
  /// `https://127.0.0.1:8443`.
  let url: String
  /// The port it listens on.
  let port: Int
  private let server: APIServer
  private let upkeep: Task<Void, Never>

  /// What the context of its kubeconfigs is called.
  static let contextName = "federation-cluster"
  /// How long requests may go on after the stop.
  static let farewell: Duration = .seconds(5)

  /// Opens the store, makes what keys are missing, writes the kubeconfigs and serves.
  ///
  /// - Parameter kubeconfigFolder: where the kubeconfigs are put for people, besides the folder of the keys.
  static func start(_ place: EmbeddedAPIPlace, kubeconfigFolder: String? = nil) async throws -> EmbeddedAPI {
    try place.makeFolder()
    let endpoint = try await EmbeddedStore.open(place.store)
    let keys = KeyFolder(store: place.store)
    let upkeep: EmbeddedKeys
    let server: APIServer
    do {
      upkeep = try EmbeddedKeys(keys, place: place, clock: endpoint.clock)
      let table = EndpointTable()
      await table.add(endpoint)
      server = try await APIServer.start(
        host: place.host, port: place.port, endpoints: table, security: upkeep.security,
        logger: Logger(label: "zonetop.api"))
    } catch let error as APIServer.StartError {
      await endpoint.close()
      throw Failure(.failed, error.description)
    } catch {
      await endpoint.close()
      throw error
    }
    let url = place.url(port: server.port)
    do {
      for folder in Set([keys.path, kubeconfigFolder ?? keys.path]).sorted() {
        try upkeep.writeKubeconfigs(url: url, in: folder)
      }
    } catch {
      await server.stop()
      await endpoint.close()
      throw error
    }
    return EmbeddedAPI(
      endpoint: endpoint, keys: keys, url: url, port: server.port, server: server,
      // Owned by the API, which cancels it in `stop`.
      upkeep: Task {
        async let store: Void = endpoint.keepHouse()
        await upkeep.run()
        await store
      })
  }

  /// Lets requests come to their end, ends watches and closes the store.
  func stop() async {
    upkeep.cancel()
    await server.stop(within: Self.farewell)
    await endpoint.close()
  }
}
