package import Federation
internal import JSON
package import Kubernetes

/// Keeps the lease as a `coordination.k8s.io/v1` Lease at the federation API: `zonetop-system/zonetop-<federation>`.
///
/// <https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/>
package struct FederationLease: LeaseStore {
  package static let namespace = "zonetop-system"
  static let resource = ResourceType(group: "coordination.k8s.io", version: "v1", plural: "leases")
  private let client: KubernetesClient
  private let name: String

  /// - Parameter patience: how long one answer may take; well below the renewal deadline, so that there is a second try.
  package init(client: KubernetesClient, federation: Federation, patience: Duration) {
    var client = client
    client.connectTimeout = patience
    client.silenceTimeout = patience
    self.client = client
    name = "zonetop-\(federation.name)"
  }

  package func read() async throws(LeaseSilence) -> LeaseRecord? {
    do throws(KubernetesError) {
      let object = try await client.get(Self.resource, namespace: Self.namespace, name: name)
      guard let record = LeaseRecord(object) else {
        throw KubernetesError(.incomplete, "the lease \(Self.namespace)/\(name) is damaged; delete it")
      }
      return record
    } catch {
      if error.code == .notFound { return nil }
      throw LeaseSilence(error.description)
    }
  }

  package func create(_ record: LeaseRecord) async -> LeaseElection.WriteResult {
    await write { client throws(KubernetesError) in
      do throws(KubernetesError) {
        return try await client.create(Self.resource, namespace: Self.namespace, object(record))
      } catch {
        guard error.code == .notFound else { throw error }
        _ = try? await client.create(
          .namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(Self.namespace)]])
        return try await client.create(Self.resource, namespace: Self.namespace, object(record))
      }
    }
  }

  package func replace(_ record: LeaseRecord) async -> LeaseElection.WriteResult {
    await write { client throws(KubernetesError) in
      try await client.replace(Self.resource, namespace: Self.namespace, name: name, object(record))
    }
  }

  private func write(
    _ request: (KubernetesClient) async throws(KubernetesError) -> JSONValue
  ) async -> LeaseElection.WriteResult {
    do throws(KubernetesError) {
      let stored = try await request(client)
      guard let version = stored["metadata"]?["resourceVersion"]?.string else { return .unknown }
      return .stored(version: version)
    } catch {
      switch error.code {
      case .conflict, .alreadyExists, .notFound: return .conflict
      default: return .unknown
      }
    }
  }

  private func object(_ record: LeaseRecord) -> JSONValue {
    var metadata: [String: JSONValue] = ["name": .string(name), "namespace": .string(Self.namespace)]
    if !record.version.isEmpty { metadata["resourceVersion"] = .string(record.version) }
    var spec: [String: JSONValue] = [
      "leaseDurationSeconds": .integer(Int64(max(1, record.durationSeconds))),
      "leaseTransitions": .integer(Int64(clamping: record.transitions)),
      "acquireTime": .string(microTime(record.acquired)), "renewTime": .string(microTime(record.renewed)),
    ]
    // One that nobody holds has no holder: an empty name is refused by some servers.
    if !record.holder.isEmpty { spec["holderIdentity"] = .string(record.holder) }
    return [
      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": .object(metadata), "spec": .object(spec),
    ]
  }

  /// `MicroTime` wants exactly six digits after the dot.
  private func microTime(_ time: Timestamp) -> String {
    let second = Timestamp(seconds: time.nanoseconds / 1_000_000_000).description
    let micros = String(time.nanoseconds % 1_000_000_000 / 1_000)
    return second.dropLast() + "." + String(repeating: "0", count: 6 - micros.count) + micros + "Z"
  }
}

extension LeaseRecord {
  /// Reads a Lease object; nil when it is none.
  init?(_ object: JSONValue) {
    guard let version = object["metadata"]?["resourceVersion"]?.string else { return nil }
    let spec = object["spec"]
    func time(_ key: String) -> Timestamp { spec?[key]?.string.flatMap { Timestamp($0) } ?? Timestamp(seconds: 0) }
    self.init(
      holder: cleanLine(spec?["holderIdentity"]?.string ?? ""),
      transitions: UInt64(clamping: spec?["leaseTransitions"]?.integer ?? 0),
      durationSeconds: Int(clamping: spec?["leaseDurationSeconds"]?.integer ?? 0),
      acquired: time("acquireTime"), renewed: time("renewTime"), version: version)
  }
}
