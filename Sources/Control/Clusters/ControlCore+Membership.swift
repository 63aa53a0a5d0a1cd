internal import DNSProviders
internal import Federation

extension ControlCore {
  /// Takes a change of the membership.
  mutating func take(_ change: MembershipChange, at now: Timestamp) {
    switch change {
    case .listed: membershipKnown = true
    case .joined(let joined): join(joined, at: now)
    case .labelled(let name, let labels):
      if members[name]?.label(labels) == true { regroup() }
    case .leaving(let name):
      guard members[name] != nil, leaving.insert(name).inserted else { return }
      log.append(.cluster, name, "leaves the federation: its addresses go from DNS", at: now)
      regroup()
    case .left(let name):
      guard members[name] != nil else { return }
      members[name] = nil
      doubts[name] = nil
      leaving.remove(name)
      unsettled.remove(name)
      observerLoss.find(name)
      memberNames.removeAll { $0 == name }
      log.append(.cluster, name, "left the federation", at: now)
      note(.unjoined, name, "left the federation", at: now)
      regroup()
    }
  }

  private mutating func join(_ joined: Configuration.Member, at now: Timestamp) {
    let name = joined.context
    let returned = leaving.remove(name) != nil
    if members[name] != nil {
      let isSame = members[name]?.place(region: joined.region, zones: joined.zones) == false
      if returned || !isSame { regroup() }
      return
    }
    members[name] = Member(
      name: name, region: joined.region, zones: joined.zones, remembered: places[name], isLate: membershipKnown, at: now
    )
    memberNames = members.keys.sorted()
    // Whoever joins a federation at work keeps nobody waiting.
    if !membershipKnown { unsettled.insert(name) }
    if membershipKnown {
      log.append(.cluster, name, "joined the federation", at: now)
      note(.joined, name, "joined the federation", at: now)
    }
    regroup()
  }

  /// The members' order has changed, so that whatever was kept by it is made anew.
  private mutating func regroup() {
    context = nil
    for key in services.keys { services[key]?.shards = nil }
    markAll()
  }

  /// The members as `Cluster` objects show them.
  package var memberStatuses: [ClusterStatus] {
    members.values.sorted { $0.name < $1.name }.map { member in
      var cluster = member.cluster
      cluster.condition = member.condition
      return ClusterStatus(
        cluster: cluster, reason: member.reason, since: member.since, lastProbe: member.lastProbe,
        isJudged: member.isJudged)
    }
  }

  /// Whether anything that only this cluster has is published.
  package func isPublished(_ cluster: String) -> Bool {
    services.keys.contains { isPublished($0, in: cluster) }
  }
}
