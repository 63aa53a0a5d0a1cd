internal import Federation
internal import JSON
internal import Kubernetes

/// Shards that stayed in clusters which could not be reached when their service was deleted: kept at the federation API,
/// so that they are removed when the cluster comes back, by whichever controller runs then.
///
/// A ConfigMap with an entry a shard. A marked Service in a cluster without an entry here and without a federated service
/// is left alone: that something is missing from a list is no order to delete (rule whole-reads).
actor LeftBehind {
  struct Shard: Hashable, Sendable, Comparable {
    var cluster: String
    var service: ServiceKey

    static func < (left: Shard, right: Shard) -> Bool {
      (left.cluster, left.service) < (right.cluster, right.service)
    }
  }

  private let client: KubernetesClient
  /// Each with whether it is let go rather than deleted.
  private(set) var shards: [Shard: Bool] = [:]
  private var isRead = false

  private let name: String

  /// - Parameter federation: its name; several may keep theirs at one API.
  init(client: KubernetesClient, federation: String) {
    self.client = client
    name = "zonetop-left-behind-\(federation)"
  }

  /// Reads the entries, once.
  func read() async throws(KubernetesError) {
    guard !isRead else { return }
    do {
      let map = try await client.get(.configMaps, namespace: FederationMarks.namespace, name: name)
      for (text, value) in map["data"]?.object ?? [:] {
        if let shard = Self.shard(text) { shards[shard] = value == "orphan" }
      }
    } catch {
      guard error.code == .notFound else { throw error }
    }
    isRead = true
  }

  func add(_ shard: Shard, orphan: Bool) async throws(KubernetesError) {
    guard shards[shard] != orphan else { return }
    try await write(shard, .string(orphan ? "orphan" : "delete"))
    shards[shard] = orphan
  }

  func remove(_ shard: Shard) async throws(KubernetesError) {
    guard shards[shard] != nil else { return }
    try await write(shard, .null)
    shards[shard] = nil
  }

  /// Forgets a service that is there again: its shards are its own.
  func forget(_ service: ServiceKey) async throws(KubernetesError) {
    for shard in shards.keys.sorted() where shard.service == service { try await remove(shard) }
  }

  private func write(_ shard: Shard, _ value: JSONValue) async throws(KubernetesError) {
    let data: JSONValue = ["data": .object([Self.text(shard): value])]
    do {
      _ = try await client.patch(.configMaps, namespace: FederationMarks.namespace, name: name, data)
    } catch {
      guard error.code == .notFound else { throw error }
      guard value != .null else { return }
      try await client.ensureNamespace(FederationMarks.namespace)
      var map = data
      map["apiVersion"] = "v1"
      map["kind"] = "ConfigMap"
      map["metadata"] = ["name": .string(name), "namespace": .string(FederationMarks.namespace)]
      _ = try await client.create(.configMaps, namespace: FederationMarks.namespace, map)
    }
  }

  /// A key of the map; names of objects hold no underscore.
  private static func text(_ shard: Shard) -> String {
    "\(shard.cluster)_\(shard.service.namespace)_\(shard.service.name)"
  }

  private static func shard(_ text: String) -> Shard? {
    let parts = text.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { return nil }
    return Shard(
      cluster: parts.dropLast(2).joined(separator: "_"),
      service: ServiceKey(namespace: String(parts[parts.count - 2]), name: String(parts[parts.count - 1])))
  }
}

extension KubernetesClient {
  /// Creates a namespace unless it is there.
  func ensureNamespace(_ name: String) async throws(KubernetesError) {
    do {
      _ = try await create(
        .namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]])
    } catch {
      guard error.code == .alreadyExists else { throw error }
    }
  }
}
