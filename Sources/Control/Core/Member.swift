package import Federation

/// A member cluster as the core keeps it: what it said, how its probes went, and where it lies.
package struct Member: Sendable, Hashable {
  package let name: String
  /// From the configuration or the cluster's object; they win over what the nodes say.
  package private(set) var configuredRegion: String?
  package private(set) var configuredZones: [String]
  /// The labels of its object; nil while that has not been read.
  package private(set) var labels: [String: String]?
  /// As it was last seen to lie, by this or an earlier run; what the nodes say now wins.
  package let remembered: MemberPlace?
  package var facts = ClusterFacts()
  package private(set) var reason = "not asked yet"
  package var lastHeard: Timestamp?
  /// When the last probe ended, whatever it found.
  package private(set) var lastProbe: Timestamp?
  /// It joined a federation that was at work: until its place is known it counts for nothing.
  package let isLate: Bool
  private var probe: ClusterProbe
  private var probes = 0

  package init(
    name: String, region: String?, zones: [String], remembered: MemberPlace?, isLate: Bool = false, at now: Timestamp
  ) {
    self.name = name
    self.configuredRegion = region
    self.configuredZones = zones.sorted()
    self.remembered = remembered
    self.isLate = isLate
    self.probe = ClusterProbe(start: now)
  }

  /// Takes where somebody says that it lies; true when that is news.
  mutating func place(region: String?, zones: [String]) -> Bool {
    guard configuredRegion != region || configuredZones != zones.sorted() else { return false }
    configuredRegion = region
    configuredZones = zones.sorted()
    return true
  }

  /// Takes the labels of its object; true when that is news.
  mutating func label(_ new: [String: String]) -> Bool {
    guard labels != new else { return false }
    labels = new
    return true
  }

  package var condition: ClusterCondition { probe.condition }

  /// When the condition began.
  package var since: Timestamp { probe.since }

  /// Whether the condition is a judgement, rather than the start's ignorance.
  package var isJudged: Bool { condition == .ready || probes >= ClusterProbe.patience }

  /// The region it lies in, if anyone has said so.
  package var region: String? { configuredRegion ?? facts.region ?? remembered?.region }

  /// The zones it lies in, sorted; empty when nobody has said so.
  package var zones: [String] {
    if !configuredZones.isEmpty { return configuredZones }
    return facts.zones.isEmpty ? remembered?.zones ?? [] : facts.zones
  }

  /// Whether its place is known, so that it can be planned for.
  package var isPlaced: Bool { region != nil && !zones.isEmpty }

  /// Whether there is nothing to wait for: its world has been read in whole, or it was judged not to answer.
  package var isSettled: Bool { facts.isWhole || (isJudged && condition != .ready) }

  /// The cluster as the rules take it.
  package var cluster: Cluster { cluster(under: .all) }

  /// The cluster as these rules take it.
  func cluster(under rules: SafetyRules) -> Cluster {
    // A ready cluster whose lists have not been read in whole is still unknown (rule whole-reads).
    let isUnread = !facts.isWhole && rules.contains(.wholeReads)
    let known = condition == .ready && isUnread ? .unreachable : condition
    return Cluster(name: name, region: region ?? "", zones: zones, condition: known, labels: labels)
  }

  /// Takes one thing that the cluster said, or that its probe found.
  ///
  /// - Returns: the services it is about, and whether it concerns every service because the cluster's place or condition
  ///   changed.
  mutating func take(_ change: ClusterObservation, at now: Timestamp) -> (touched: Set<ServiceKey>, all: Bool) {
    let wasWhole = facts.isWhole
    var touched: Set<ServiceKey> = []
    var touchesAll = false
    switch change {
    case .nodes(let nodes): touchesAll = facts.replaceNodes(nodes)
    case .node(let node, let place): touchesAll = facts.setNode(node, to: place)
    case .services(let list): touched = facts.replaceServices(list)
    case .service(let key, let addresses): touched = facts.setService(key, to: addresses)
    case .endpoints(let list): touched = facts.replaceEndpoints(list)
    case .endpoint(let slice, let key, let endpoints): touched = facts.setEndpoints(slice, of: key, to: endpoints)
    case .probe(let result): return (touched, probed(result, at: now))
    }
    lastHeard = now
    return (touched, touchesAll || wasWhole != facts.isWhole)
  }

  /// Takes a silent cluster out when the evidence suffices (rule quorum).
  ///
  /// - Returns: whether its condition changed.
  mutating func withdraw(on evidence: DataPlaneEvidence, after limit: Duration, at now: Timestamp) -> Bool {
    probe.withdraw(on: evidence, after: limit, at: now)
  }

  /// Takes one probe's answer; true when the condition changed, or became a judgement.
  package mutating func probed(_ result: ProbeResult, at now: Timestamp) -> Bool {
    let before = (condition, isJudged)
    lastProbe = now
    probes = min(probes + 1, ClusterProbe.patience)
    switch result {
    case .ready:
      reason = "answers its probes"
      probe.record(.ready, at: now)
    case .notReady(let why):
      reason = why
      probe.record(.notReady, at: now)
    case .unreachable(let why):
      reason = why
      probe.record(.unreachable, at: now)
    }
    if let heard = probe.lastHeard { lastHeard = max(heard, lastHeard ?? heard) }
    return before != (condition, isJudged)
  }
}
