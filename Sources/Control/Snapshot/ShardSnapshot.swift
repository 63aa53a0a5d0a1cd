package import Federation

/// One shard and why it is in DNS or not.
package struct ShardSnapshot: Sendable, Hashable {
  package var shard: Shard
  package var region: String
  package var zones: [String]
  package var verdict: Verdict
  /// Whether its addresses are in DNS now.
  package var isServing: Bool
  /// When the shard was last observed.
  package var observed: Timestamp?
  /// When the verdict last changed.
  package var since: Timestamp
  /// Ready endpoints over the last minutes, oldest first, bounded.
  package var history: [Int]

  package init(
    shard: Shard, region: String, zones: [String], verdict: Verdict, isServing: Bool, observed: Timestamp?,
    since: Timestamp, history: [Int]
  ) {
    self.shard = shard
    self.region = region
    self.zones = zones
    self.verdict = verdict
    self.isServing = isServing
    self.observed = observed
    self.since = since
    self.history = history
  }
}
