package import Federation

extension ControlCore {
  /// Lets time pass: orders expire, waits end, samples are taken.
  ///
  /// Costs what moves: of a service of which nothing was said for two minutes, nothing is looked at.
  package mutating func tick(at now: Timestamp) {
    weighEvidence(at: now)
    endDoubts(at: now)
    followOrders(at: now)
    endRollbacks(at: now)
    for key in waiting where !endWaits(of: key, at: now) { waiting.remove(key) }
    if lastSample.map({ now - $0 >= ShardHistory.sampleInterval }) ?? true {
      lastSample = now
      for key in restless where !takeSamples(of: key) { restless.remove(key) }
    }
  }

  /// Ends what a service waits for when its time has come.
  ///
  /// - Returns: whether it still waits.
  private mutating func endWaits(of key: ServiceKey, at now: Timestamp) -> Bool {
    guard let entry = services[key] else { return false }
    if !entry.dampings.isEmpty { settleDampings(of: key, at: now) }
    if let trouble = entry.aliasTrouble, trouble.until <= now {
      services[key]?.aliasTrouble = nil
      mark(key)
    }
    if let retryAt = entry.retryAt, retryAt <= now {
      services[key]?.retryAt = nil
      mark(key)
    }
    return services[key].map { !$0.dampings.isEmpty || $0.aliasTrouble != nil || $0.retryAt != nil } ?? false
  }

  /// Lets shards return whose wait is over, and forgets those that have been calm for long.
  private mutating func settleDampings(of key: ServiceKey, at now: Timestamp) {
    guard var dampings = services[key]?.dampings else { return }
    var isDue = false
    for cluster in dampings.keys {
      let waited = dampings[cluster]?.until != nil
      dampings[cluster]?.settle(at: now, limits: limits.flapDamping)
      if waited, dampings[cluster]?.until == nil { isDue = true }
    }
    services[key]?.dampings = dampings.filter { !$0.value.isQuiet }
    if isDue { mark(key) }
  }

  /// - Returns: whether one more of the same would make any of its histories another.
  private mutating func takeSamples(of key: ServiceKey) -> Bool {
    let shards = services[key]?.shards ?? shards(of: key)
    guard let (isNews, isRestless) = services[key]?.takeSamples(of: shards) else { return false }
    // A federation in which nothing happens makes no new pictures of its services.
    if isNews { services[key]?.snapshot = nil }
    return isRestless
  }
}
