package import Federation

/// What propagation asks of the controller before it acts.
package protocol PropagationGate: Sendable {
  /// Whether this process is the one that writes now (rule single-writer).
  func mayWrite() async -> Bool
  /// The members as they are judged now.
  func clusters() async -> [Cluster]
  /// Whether any address of this cluster's shard is in DNS now, or may be: a shard is only ever removed after that.
  func isPublished(_ service: ServiceKey, in cluster: String) async -> Bool
  /// Whether nothing of a service's names is left at the provider.
  func namesAreGone(_ service: ServiceKey) async -> Bool
}
