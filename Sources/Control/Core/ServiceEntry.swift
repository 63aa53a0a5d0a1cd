package import Federation

/// One service as the core keeps it: what is declared, what is published, and what the last plan made of it.
package struct ServiceEntry: Sendable {
  /// Nil once it is gone from the federation API.
  package var declaration: ServiceDeclaration?
  /// True after a deletion was seen, which absence from a list alone is not.
  package var wasDeleted = false
  /// Our mark beside its names, as last read or written; nil when there is none.
  package var mark: OwnershipMark?
  /// Somebody else's mark at the place of ours.
  package var foreignMark: String?
  /// What stands at its names, ours and others', as last read or written.
  package var published: [PublishedRecordSet] = []
  /// What this process has seen under our mark, or written, last: should the mark be lost, these are still known to be
  /// ours (rule owned).
  var known = KnownRecords()
  /// What the rules made of it last; nil before it was planned first.
  package var plan: ServicePlan?
  /// What that plan takes away (rule mass-change).
  package var removals = Removals()
  /// How many name servers serve the generation of ``mark``; nil until they were asked.
  package var servers: ServerCount?
  /// When a commit or read that failed may be tried again.
  package var retryAt: Timestamp?
  /// How long the last wait for that was; zero after a success.
  package var backoff: Duration = .zero
  /// Set when what is published must be read again before anything is written.
  package var needsRead = false
  /// How each shard fared lately, by cluster.
  package var histories: [String: ShardHistory] = [:]
  /// Shards that came and went lately, by cluster (rule flap-damping).
  package internal(set) var dampings: [String: FlapDamping] = [:]
  /// Why the provider took no alias of the service, and when it is asked again: what it thinks of an alias never keeps
  /// the service's own names waiting (rule isolation).
  var aliasTrouble: (why: String, until: Timestamp)?
  /// Aliases of it that stand in zones that cannot be read, by name, with the reason (rule isolation).
  var unreadAliases: [DomainName: String] = [:]
  /// The shard in each member, in the members' order, as last said; nil until the service is planned first.
  var shards: [Shard?]?
  package var snapshot: ServiceSnapshot?
  /// When the world first changed in a way that no commit has answered yet.
  var changed: Timestamp?
  /// The commit that answers a change, and when that change was seen; nil once every name server serves it.
  var answering: (generation: UInt64, since: Timestamp)?

  package init(declaration: ServiceDeclaration?) { self.declaration = declaration }

  /// Every address that is published for it by us.
  package var publishedAddresses: Set<String> {
    var addresses: Set<String> = []
    for set in published where set.owner != nil && (set.recordSet.type == .a || set.recordSet.type == .aaaa) {
      addresses.formUnion(set.recordSet.values)
    }
    return addresses
  }

  /// Clusters whose shard waits before it may return, with the sentence why (rule flap-damping).
  func damped(at now: Timestamp) -> [String: String] { dampings.compactMapValues { $0.sentence(at: now) } }

  /// Notes verdicts that changed, with their time.
  ///
  /// - Returns: those by which a shard that was known became healthy or ceased to be.
  mutating func note(_ verdicts: [Verdict], limits: FlapDamping.Limits, at now: Timestamp) -> [Verdict] {
    let noted = plan?.verdicts ?? []
    var turned: [Verdict] = []
    for (index, verdict) in verdicts.enumerated() {
      // Mostly the same shards come in the same order, and what the last plan said of them was noted then.
      if index < noted.count, noted[index] == verdict { continue }
      let known = histories[verdict.cluster]
      guard known?.verdict != verdict else { continue }
      if let known, known.verdict.isHealthy != verdict.isHealthy { turned.append(verdict) }
      if let known, known.verdict.reason.isUp, verdict.reason.isDown {
        dampings[verdict.cluster, default: FlapDamping()].fail(at: now, limits: limits)
      }
      histories[verdict.cluster] = ShardHistory(verdict: verdict, since: now, samples: known?.samples ?? [])
    }
    return turned
  }

  /// Adds what each shard has ready now to its history.
  ///
  /// - Returns: whether there is news for a picture, and whether one more of the same would change any history.
  mutating func takeSamples(of shards: [Shard?]) -> (isNews: Bool, isRestless: Bool) {
    var result = (isNews: false, isRestless: false)
    for case let shard? in shards {
      // Changed where it stands: a subscript by key would copy each history.
      guard let place = histories.index(forKey: shard.cluster) else { continue }
      let (isNews, isSteady) = histories.values[place].sample(shard.readyEndpoints)
      if isNews { result.isNews = true }
      if !isSteady { result.isRestless = true }
    }
    return result
  }

  /// Whether there is nothing left to say about it.
  package var isGone: Bool { declaration == nil && mark == nil && published.allSatisfy { $0.owner == nil } }
}

/// How one shard fared over the last minutes.
package struct ShardHistory: Sendable, Hashable {
  /// Samples kept, one for each ``sampleInterval``.
  package static let capacity = 24
  package static let sampleInterval: Duration = .seconds(5)
  /// After so many equal samples one more of them is no news: sparklines are as long.
  package static let steady = 8

  package var verdict: Verdict
  package var since: Timestamp
  /// Ready endpoints, oldest first.
  package var samples: [Int] = []

  /// - Returns: whether there is news for a picture, which one more of the same after ``steady`` of them is not, and
  ///   whether one more of the same would change nothing at all.
  package mutating func sample(_ ready: Int) -> (isNews: Bool, isSteady: Bool) {
    let isNews = samples.count < Self.steady || samples.suffix(Self.steady).contains { $0 != ready }
    samples.append(ready)
    if samples.count > Self.capacity { samples.removeFirst() }
    return (isNews, !isNews && samples.count == Self.capacity && samples.allSatisfy { $0 == ready })
  }
}

extension Verdict.Reason {
  /// Whether the shard itself is well, whatever orders and rules make of that.
  fileprivate var isUp: Bool { self == .healthy || self == .cordoned || self == .damped }

  /// Whether the shard itself has failed; silence is not failure, and an order is no failure either.
  fileprivate var isDown: Bool {
    switch self {
    case .noAddress, .noReadyEndpoints, .clusterNotReady, .hostUnresolved: true
    case .healthy, .cordoned, .drained, .damped, .clusterUnreachable, .clusterWithdrawn, .clusterUnplaced: false
    }
  }
}
