internal import JSON
package import Kubernetes

/// Asks for a member to leave: its addresses go from DNS, then its shards are let go or deleted, then its object is gone.
package struct ClusterUnjoin: Sendable {
  package var federation: KubernetesClient
  package var name: String
  /// Whether the shards that zonetop made there are deleted; otherwise all stay, without our marks.
  package var deletesShards: Bool

  package init(federation: KubernetesClient, name: String, deletesShards: Bool) {
    self.federation = federation
    self.name = name
    self.deletesShards = deletesShards
  }

  /// Orders it, and waits a while for the controller to carry it out.
  ///
  /// - Returns: whether the cluster has left, and one line for people.
  package func run(within limit: Duration, clock: any Clock<Duration>) async throws(JoinError) -> (
    isDone: Bool, line: String
  ) {
    do throws(KubernetesError) {
      let object = ClusterObject(try await federation.get(ClusterObject.resource, name: name))
      if object?.isConfigured == true {
        throw KubernetesError(
          .configuration,
          "\(name) stands in the configuration: remove it from `clusters` there and restart the controller")
      }
      _ = try await federation.patch(
        ClusterObject.resource, name: name,
        ["metadata": ["annotations": .object([FederationMarks.orphan: .string(deletesShards ? "false" : "true")])]])
      try await federation.delete(ClusterObject.resource, name: name)
      let end = ContinuousClock.now + limit
      while ContinuousClock.now < end {
        do throws(KubernetesError) {
          _ = try await federation.get(ClusterObject.resource, name: name)
        } catch {
          guard error.code == .notFound else { throw error }
          return (true, "\(name) left the federation")
        }
        try? await clock.sleep(for: .milliseconds(250))
      }
      return (
        false,
        "\(name) is leaving: its addresses are still in DNS, or no controller is at work; `zonetop plan` and "
          + "`kubectl describe cluster \(name)` say what holds it. Where mass-change does, give it out by name: "
          + "`zonetop drain cluster/\(name) --override mass-change`"
      )
    } catch {
      guard error.code != .notFound else {
        throw JoinError(.failed, "there is no cluster \(name); `zonetop clusters` lists them")
      }
      throw JoinError(error.code == .unreachable ? .unreachable : .failed, error.description)
    }
  }
}
