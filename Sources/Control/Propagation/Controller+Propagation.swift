package import Federation

extension Controller: MembershipGate {
  package func memberStatuses() async -> [ClusterStatus] { core.memberStatuses }

  package func isPublished(_ cluster: String) async -> Bool { core.isPublished(cluster) }
}

extension Controller: PropagationGate {
  package func mayWrite() async -> Bool { mode == .lead }

  package func clusters() async -> [Cluster] { core.members.values.map(\.cluster) }

  package func isPublished(_ service: ServiceKey, in cluster: String) async -> Bool {
    core.isPublished(service, in: cluster)
  }

  package func namesAreGone(_ service: ServiceKey) async -> Bool { core.namesAreGone(service) }
}
