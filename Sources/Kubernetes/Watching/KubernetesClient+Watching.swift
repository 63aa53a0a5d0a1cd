import HTTPTransport
import JSON

extension KubernetesClient {
  /// Watches a collection: its whole list first, then every change, for as long as the stream is read.
  ///
  /// Interruptions are told and overcome; the stream ends only when its reader is cancelled or drops it. A slow reader
  /// misses intermediate states of an object, never its last one. EndpointSlices are watched in the newest form that
  /// the server has.
  ///
  /// - Parameters:
  ///   - resource: Where the objects are; nil takes the type's own place, and must be given for ``CustomObject``.
  ///   - namespace: nil for all namespaces and for cluster-wide kinds.
  package func watch<Object: WatchedObject>(
    _ type: Object.Type, resource: ResourceType? = nil, namespace: String? = nil,
    options: WatchOptions = WatchOptions()
  ) -> AsyncStream<WatchUpdate<Object>> {
    let mailbox = WatchMailbox<Object>(keepsEveryState: options.keepsEveryState)
    let driver = WatchDriver<Object>(client: self, resource: resource, namespace: namespace, options: options)
    // The task lives exactly as long as the stream's reader: the owner, held by the stream alone, cancels it.
    let owner = TaskOwner(Task { await driver.run { mailbox.put($0) } })
    return AsyncStream(
      unfolding: {
        defer { withExtendedLifetime(owner) {} }
        return await mailbox.next()
      }, onCancel: { owner.cancel() })
  }

  /// Reads a whole collection, page by page.
  package func list<Object: WatchedObject>(
    _ type: Object.Type, resource: ResourceType? = nil, namespace: String? = nil,
    options: WatchOptions = WatchOptions()
  ) async throws(KubernetesError) -> [Object] {
    var driver = WatchDriver<Object>(client: self, resource: resource, namespace: namespace, options: options)
    return try await driver.wholeList()
  }

  /// Which form of endpoints the cluster has: EndpointSlices `v1`, `v1beta1`, or only Endpoints.
  package func endpointResource() async throws(KubernetesError) -> ResourceType {
    let group: [String]
    do {
      let versions = try await get("/apis/discovery.k8s.io")["versions"]?.array ?? []
      group = versions.compactMap { $0["version"]?.string }
    } catch {
      guard error.code == .notFound else { throw error }
      return .endpoints
    }
    // A group may be there without the kind, so each version is asked for it.
    for resource in [ResourceType.endpointSlices, .endpointSlicesBeta] where group.contains(resource.version) {
      let kinds = try await get("/apis/\(resource.group)/\(resource.version)")["resources"]?.array ?? []
      if kinds.contains(where: { $0["name"]?.string == resource.plural }) { return resource }
    }
    return .endpoints
  }
}

/// Cancels a task when the last one who wants its work is gone.
private final class TaskOwner: Sendable {
  private let task: Task<Void, Never>

  init(_ task: Task<Void, Never>) { self.task = task }

  func cancel() { task.cancel() }

  deinit { task.cancel() }
}
