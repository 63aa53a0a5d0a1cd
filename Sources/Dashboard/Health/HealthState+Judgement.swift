import Control
import Federation

extension HealthState {
  /// The state of one shard in one place: an operator's order first, then what is not known, then what is wrong.
  ///
  /// Takes the shard where it stands: it runs over every shard of the federation, and a copy would cost more than it.
  static func of(
    _ shards: UnsafeBufferPointer<ShardSnapshot>, _ index: Int, cluster: ClusterCondition?, order: Cordon.Kind?
  ) -> HealthState {
    let reason = shards[index].verdict.reason
    if order == .drain || reason == .drained { return .drained }
    if cluster == .unreachable || reason == .clusterUnreachable { return .stale }
    if reason == .damped { return .degraded }
    if shards[index].verdict.isHealthy || reason == .cordoned {
      if order == .cordon || reason == .cordoned { return .cordoned }
      let isWhole = shards[index].shard.readyEndpoints >= shards[index].shard.totalEndpoints
      return isWhole && shards[index].isServing ? .ok : .degraded
    }
    return .down
  }
}

/// Why a shard is in its state, in words that stand alone.
func reasonText(_ shard: ShardSnapshot, state: HealthState) -> String {
  let ready = shard.shard.readyEndpoints
  let total = shard.shard.totalEndpoints
  let endpoints = total == 0 ? "no endpoints" : "\(ready) of \(total) endpoints ready"
  switch (state, shard.verdict.reason) {
  case (.stale, _):
    return shard.isServing ? "unreachable, held" : "unreachable"
  case (.drained, _): return shard.isServing ? "draining: still in DNS" : "drained by an operator"
  case (.cordoned, _): return shard.isServing ? "cordoned: goes on serving" : "cordoned: may not enter DNS"
  case (_, .noAddress): return "no external address"
  case (_, .damped): return "healthy again, but it flaps and waits before it returns"
  case (_, .hostUnresolved): return "load balancer host does not resolve"
  case (_, .clusterNotReady): return "cluster says it is not ready"
  case (_, .clusterWithdrawn): return "unreachable, withdrawn on evidence"
  case (.degraded, _) where !shard.isServing: return "\(endpoints), not in DNS yet"
  case (.down, _) where shard.isServing: return "\(endpoints), held in DNS"
  default: return endpoints
  }
}

/// The reason in a row that shows the figures beside it; nothing where there is nothing to say.
func briefReason(_ shard: ShardSnapshot, state: HealthState) -> String {
  switch (state, shard.verdict.reason) {
  case (.ok, _), (.stale, _): ""
  case (.down, .noReadyEndpoints) where shard.isServing: "none ready, held in DNS"
  case (.down, .noReadyEndpoints): shard.shard.totalEndpoints == 0 ? "no endpoints" : "no endpoint ready"
  case (.degraded, _) where shard.isServing: "not all are ready"
  case (.degraded, _): "not in DNS yet"
  default: reasonText(shard, state: state)
  }
}
