internal import DNSProviders
internal import Federation

extension ControlCore {
  /// Whether an address of this cluster's shard is published for the service, or may be.
  ///
  /// An address that another cluster's shard has too is that one's: it says nothing about this.
  func isPublished(_ service: ServiceKey, in cluster: String) -> Bool {
    guard zoneKnown, let entry = services[service] else { return !zoneKnown }
    if let member = members[cluster], !member.facts.isWhole {
      // Nobody has seen what it has: while it is a member, that may be anything; when it leaves, whatever still changes.
      guard leaving.contains(cluster), let plan = entry.plan else { return true }
      return !plan.changes.isEmpty || plan.held.contains { $0.rule == .massChange || $0.rule == .neverEmpty }
    }
    // What is on its way to the provider may be there already.
    if inFlight[service] != nil || entry.needsRead { return true }
    let published = entry.publishedAddresses
    guard !published.isEmpty, let shard = members[cluster]?.facts.shard(of: service, in: cluster) else { return false }
    var others: Set<String> = []
    for (name, member) in members where name != cluster && isServing(service, in: name) {
      others.formUnion(resolved(member.facts.shard(of: service, in: name)?.addresses ?? []))
    }
    return !resolved(shard.addresses).subtracting(others).isDisjoint(with: published)
  }

  /// Whether nothing of ours is left of a service's names.
  func namesAreGone(_ service: ServiceKey) -> Bool {
    guard zoneKnown else { return false }
    guard let entry = services[service] else { return true }
    return inFlight[service] == nil && entry.mark == nil && entry.published.allSatisfy { $0.owner == nil }
  }

  /// Whether a member's shard of a service counts: the service's selector and the member itself say so.
  ///
  /// A selector that asks for a place nobody knows yet changes nothing.
  func isServing(_ service: ServiceKey, in cluster: String) -> Bool {
    if leaving.contains(cluster) { return false }
    guard let selector = services[service]?.declaration?.clusters, let member = members[cluster] else { return true }
    return selector.selects(member.cluster) ?? true
  }

  private func resolved(_ addresses: [String]) -> Set<String> {
    Set(addresses.flatMap { hosts[$0]?.map(\.description) ?? [IPAddress($0)?.description ?? $0] })
  }
}
