package import Federation

/// What is known of the data plane, past every API (rule quorum).
struct DataPlane: Sendable {
  /// Addresses of one cluster that are probed; enough to tell a dead cluster from a dead address.
  static let addressesPerCluster = 8

  var reports: [String: (report: VantageReport, heard: Timestamp?)] = [:]
  /// What this process found, by address, and when.
  var own: [String: Bool] = [:]
  var ownHeard: Timestamp?
  var ownFreshness: Duration = .seconds(15)
  /// Whether this process probes at all, and so is a vantage point.
  var isProbing = false
  /// What the vantage points say of each silent cluster; one clause each.
  var findings: [String: String] = [:]
}

extension ControlCore {
  /// What this process should probe: a few of the addresses that each cluster serves, and which of them belong to a
  /// cluster whose API is silent.
  package mutating func probeTargets(at now: Timestamp) -> (all: Set<ProbeTarget>, suspicious: Set<ProbeTarget>) {
    guard isSettled else { return ([], []) }
    var all: Set<ProbeTarget> = []
    var suspicious: Set<ProbeTarget> = []
    for (cluster, targets) in servedTargets(at: now) {
      let some = targets.sorted().prefix(DataPlane.addressesPerCluster)
      all.formUnion(some)
      if members[cluster]?.condition == .unreachable { suspicious.formUnion(some) }
    }
    return (all, suspicious)
  }

  /// Takes what this process's own round of probes found.
  ///
  /// - Parameter freshness: how long it counts.
  package mutating func probed(_ findings: [ProbeTarget: ProbeHistory], freshness: Duration, at now: Timestamp) {
    dataPlane.isProbing = true
    dataPlane.own = [:]
    for (target, history) in findings {
      dataPlane.own[target.address] = history.isReachable || dataPlane.own[target.address] == true
    }
    dataPlane.ownHeard = now
    dataPlane.ownFreshness = freshness
    weighEvidence(at: now)
  }

  mutating func hear(_ change: FederationChange<String, VantageReport>, at now: Timestamp) {
    func heard(_ name: String, _ report: VantageReport) -> Timestamp? {
      // What stands there when it is first seen may be the last word of a process that died long ago.
      guard let before = dataPlane.reports[name] else { return nil }
      return before.report.stamp == report.stamp ? before.heard : now
    }
    switch change {
    case .replaced(let list):
      var reports: [String: (report: VantageReport, heard: Timestamp?)] = [:]
      for (name, report) in list { reports[name] = (report, heard(name, report)) }
      dataPlane.reports = reports
    case .set(let name, let report): dataPlane.reports[name] = (report, heard(name, report))
    case .removed(let name), .deselected(let name): dataPlane.reports[name] = nil
    }
    weighEvidence(at: now)
  }

  /// Withdraws clusters that have been silent long enough when the evidence suffices; nothing while the observer may be
  /// blind itself (rule fail-static).
  mutating func weighEvidence(at now: Timestamp) {
    let silent = members.values.filter { $0.condition == .unreachable && $0.isJudged }.map(\.name).sorted()
    guard !silent.isEmpty, isSettled else {
      if !dataPlane.findings.isEmpty {
        dataPlane.findings = [:]
        revision += 1
      }
      return
    }
    let served = servedTargets(at: now).mapValues { targets in Set(targets.map(\.address)).sorted() }
    let quorum = ProbeQuorum(quorum: limits.quorum, blindShare: limits.observerLossShare)
    let frozen = observerLoss.judge(members: members.count, share: limits.observerLossShare, at: now) != nil
    var findings: [String: String] = [:]
    for name in silent {
      let finding = quorum.judge(name, in: served, views: views, at: now)
      guard !frozen, members[name]?.withdraw(on: finding.evidence, after: limits.unreachableAfter, at: now) == true
      else {
        findings[name] = finding.why
        continue
      }
      log.append(.cluster, name, "withdrawn: its API is silent and \(finding.why)", at: now)
      context = nil
      markAll()
    }
    if findings != dataPlane.findings || findings.count < silent.count { revision += 1 }
    dataPlane.findings = findings
  }

  private var views: [VantageView] {
    var views = dataPlane.reports.sorted { $0.key < $1.key }.map { name, seen in
      VantageView(name: name, heard: seen.heard, freshness: seen.report.interval * 3, answers: seen.report.answers)
    }
    if dataPlane.isProbing {
      views.append(
        VantageView(
          name: identity, heard: dataPlane.ownHeard, freshness: dataPlane.ownFreshness, answers: dataPlane.own))
    }
    return views
  }

  /// The addresses in DNS now, by the cluster that they belong to.
  private mutating func servedTargets(at now: Timestamp) -> [String: Set<ProbeTarget>] {
    let context = planningContext(at: now)
    var targets: [String: Set<ProbeTarget>] = [:]
    for (key, entry) in services {
      guard let declaration = entry.declaration, let probe = declaration.probe,
        let port = probe.port ?? declaration.port
      else { continue }
      let published = entry.publishedAddresses
      guard !published.isEmpty else { continue }
      for shard in observed(key, entry, in: context).shards {
        for text in shard.addresses {
          let found = IPAddress(text).map { [$0] } ?? hosts[text] ?? []
          for address in found where published.contains(address.description) {
            targets[shard.cluster, default: []].insert(
              ProbeTarget(address: address.description, port: port, method: probe.method))
          }
        }
      }
    }
    return targets
  }

  /// Silent clusters as holds, each with what the evidence lacks.
  func quorumHolds(at now: Timestamp) -> [FederationHold] {
    members.values.filter { $0.condition == .unreachable && $0.isJudged }.sorted { $0.name < $1.name }.map { member in
      let why = dataPlane.findings[member.name] ?? "nobody has probed its addresses yet"
      return FederationHold(
        rule: .quorum, subject: "cluster/\(member.name)",
        why: "its API is silent and its addresses stay: \(why)")
    }
  }
}
