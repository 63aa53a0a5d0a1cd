/// What one vantage point sees: which of the addresses that it probes answer.
package struct VantageView: Hashable, Sendable {
  package var name: String
  /// When this process last learnt something from it, by this process's own clock; nil if never.
  package var heard: Timestamp?
  /// How long its word counts: three of its own intervals.
  package var freshness: Duration
  /// Whether an address answers; what was not probed is missing.
  package var answers: [String: Bool]

  package init(name: String, heard: Timestamp?, freshness: Duration, answers: [String: Bool]) {
    self.name = name
    self.heard = heard
    self.freshness = freshness
    self.answers = answers
  }

  func isFresh(at now: Timestamp) -> Bool { heard.map { now - $0 <= freshness } ?? false }

  /// Whether a cluster's addresses answer from here: none of them, some, or nil where none was probed.
  func sees(_ addresses: [String]) -> Bool? {
    let found = addresses.compactMap { answers[$0] }
    return found.isEmpty ? nil : found.contains(true)
  }
}

/// Whether enough vantage points agree that an unreachable cluster serves nobody (rule quorum).
///
/// Its answer only ever takes away: no probe makes a shard healthy, and a withdrawn cluster returns when its own API says so.
package struct ProbeQuorum: Sendable {
  /// How many vantage points must agree where more than one is known.
  package var quorum: Int
  /// A vantage point that sees more than this share of the clusters dead is blind itself, and does not count.
  package var blindShare: Double

  package init(quorum: Int, blindShare: Double) {
    self.quorum = quorum
    self.blindShare = blindShare
  }

  /// What the vantage points say about one cluster.
  package struct Finding: Hashable, Sendable {
    package var evidence: DataPlaneEvidence
    /// One clause for people: who was asked and who agrees.
    package var why: String
  }

  /// Judges one cluster.
  ///
  /// - Parameters:
  ///   - cluster: the addresses that it serves; without any there is no evidence.
  ///   - clusters: the addresses of every cluster, by name, to tell who is blind.
  ///   - views: every vantage point that is known, this process among them, whether or not it has said anything lately.
  package func judge(
    _ cluster: String, in clusters: [String: [String]], views: [VantageView], at now: Timestamp
  ) -> Finding {
    let addresses = clusters[cluster] ?? []
    var dead = 0
    var voters = 0
    var blind = 0
    var stale = 0
    for view in views {
      guard view.isFresh(at: now) else {
        stale += 1
        continue
      }
      guard let sees = view.sees(addresses) else { continue }
      guard !isBlind(view, clusters) else {
        blind += 1
        continue
      }
      voters += 1
      if !sees { dead += 1 }
    }
    // Several places outvote one; a place that is known and says nothing makes the rest no smaller.
    let needed = views.count > 1 ? max(quorum, voters / 2 + 1) : 1
    var why = "\(dead) of \(voters) vantage points see its addresses dead, \(needed) are needed"
    if addresses.isEmpty { why = "it serves no address that could be probed" }
    if stale > 0 { why += "; \(stale) reported nothing lately" }
    if blind > 0 { why += "; \(blind) see most clusters dead and are not counted" }
    return Finding(evidence: DataPlaneEvidence(votes: dead, needed: needed), why: why)
  }

  private func isBlind(_ view: VantageView, _ clusters: [String: [String]]) -> Bool {
    let seen = clusters.values.compactMap(view.sees)
    return Double(seen.count { !$0 }) > blindShare * Double(seen.count)
  }
}
