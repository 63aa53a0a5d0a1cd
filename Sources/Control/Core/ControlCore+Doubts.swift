internal import Federation

extension ControlCore {
  /// What of a cluster's word is believed: a list without any federated service that it had before is doubted, and what
  /// it lacks stays as it was (rule whole-reads).
  ///
  /// A doubt ends when the cluster names what was doubted, one by one or in another list; else, when it has stood for as
  /// long as a silent cluster's would, what is missing counts as vanished. It counts as a cluster lost from sight too, so
  /// that many clusters which list nothing say that the observer is blind (rule fail-static).
  mutating func believed(_ change: ClusterObservation, of name: String, at now: Timestamp) -> ClusterObservation {
    guard rules.contains(.wholeReads), let facts = members[name]?.facts else { return change }
    switch change {
    case .services(let list):
      let had = facts.addresses(where: isDeclared)
      guard !had.isEmpty, had.keys.allSatisfy({ list[$0] == nil }) else {
        doubts[name]?.services = []
        settleDoubt(of: name)
        return change
      }
      doubt(name, at: now) { $0.services.formUnion(had.keys) }
      return .services(list.merging(had) { $1 })
    case .endpoints(let list):
      let had = facts.endpoints(where: isDeclared)
      guard !had.isEmpty, had.keys.allSatisfy({ list[$0] == nil }) else {
        doubts[name]?.endpoints = [:]
        settleDoubt(of: name)
        return change
      }
      doubt(name, at: now) { for (key, slices) in had { $0.endpoints[key, default: []].formUnion(slices.keys) } }
      return .endpoints(list.merging(had) { $1 })
    case .service(let key, _):
      guard doubts[name] != nil else { return change }
      doubts[name]?.services.remove(key)
      settleDoubt(of: name)
    case .endpoint(let named, let key, _):
      guard doubts[name] != nil else { return change }
      // What is made again bears another name than what was kept in its place.
      for slice in doubts[name]?.endpoints.removeValue(forKey: key) ?? [] where slice != named {
        _ = members[name]?.take(.endpoint(slice, key, nil), at: now)
      }
      settleDoubt(of: name)
    case .nodes, .node, .probe: break
    }
    return change
  }

  private func isDeclared(_ key: ServiceKey) -> Bool { services[key]?.declaration?.isDeleting == false }

  private mutating func doubt(_ name: String, at now: Timestamp, _ change: (inout ListDoubt) -> Void) {
    if doubts[name] == nil {
      revision += 1
      log.append(
        .held, name,
        "\(SafetyRule.wholeReads.rawValue): it lists nothing of what it had; that stays until it is certain",
        at: now)
      observerLoss.lose(name, at: now)
    }
    change(&doubts[name, default: ListDoubt(since: now)])
  }

  private mutating func settleDoubt(of name: String) {
    guard doubts[name]?.isOver == true else { return }
    doubts[name] = nil
    revision += 1
    guard members[name]?.condition != .unreachable else { return }
    observerLoss.find(name)
    markAll()
  }

  /// Takes what was doubted for long enough for vanished, where the cluster answers and the observer is not blind.
  mutating func endDoubts(at now: Timestamp) {
    guard !doubts.isEmpty else { return }
    let due = doubts.filter { name, doubt in
      now - doubt.since >= limits.unreachableAfter && members[name]?.condition == .ready
    }
    guard !due.isEmpty, observerLoss.judge(members: members.count, share: limits.observerLossShare, at: now) == nil
    else { return }
    for (name, doubt) in due.sorted(by: { $0.key < $1.key }) {
      log.append(.cluster, name, "still lists nothing of what it had: \(doubt.count) services have vanished", at: now)
      doubts[name] = nil
      observerLoss.find(name)
      for key in doubt.services.sorted() { receive(.cluster(name, .service(key, nil)), at: now) }
      for (key, slices) in doubt.endpoints.sorted(by: { $0.key < $1.key }) {
        for slice in slices.sorted() { receive(.cluster(name, .endpoint(slice, key, nil)), at: now) }
      }
    }
  }

  /// Doubted clusters as holds.
  var doubtHolds: [FederationHold] {
    doubts.sorted { $0.key < $1.key }.map { name, doubt in
      FederationHold(
        rule: .wholeReads, subject: "cluster/\(name)",
        why: "it suddenly lists nothing of \(doubt.count) services that it had: their addresses stay until "
          + "\(doubt.since + limits.unreachableAfter), then they count as vanished; drain the cluster to take them out")
    }
  }
}
