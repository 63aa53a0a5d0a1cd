package import Federation

/// What orders would do, computed before anything is done.
package struct DrainPreview: Sendable, Hashable {
  /// The orders that it is about.
  package var change: OrderChange
  /// The plans that they change, over all services concerned.
  package var plans: [ServicePlan]
  /// Names that change without being changed: their chain now ends elsewhere.
  package var affected: [DomainName]
  package var capacity: [Capacity]
  /// Healthy shards that leave DNS, or may enter it again.
  package var shards: Int
  /// Rules that object; placing the order needs them overridden by name.
  package var objections: [Hold]
  /// Rules that would keep the orders waiting: they would stand, and be carried out when these let go.
  package var waits: [Hold]
  /// Orders of the same region that stand already, of whoever gave them.
  package var nearby: [Cordon]
  /// Of orders that would end: each shard that they cover, and what becomes of it.
  package var returns: [Return]
  /// How long after every server serves the change the last cached answer ends: the greatest old TTL.
  package var cachesEndAfter: Duration
  /// Identifies what was shown.
  package var planHash: String
  package var computed: Timestamp

  package init(
    change: OrderChange, plans: [ServicePlan], affected: [DomainName], capacity: [Capacity], shards: Int,
    objections: [Hold], waits: [Hold] = [], nearby: [Cordon] = [], returns: [Return] = [], cachesEndAfter: Duration,
    planHash: String, computed: Timestamp
  ) {
    self.change = change
    self.plans = plans
    self.affected = affected
    self.capacity = capacity
    self.shards = shards
    self.objections = objections
    self.waits = waits
    self.nearby = nearby
    self.returns = returns
    self.cachesEndAfter = cachesEndAfter
    self.planHash = planHash
    self.computed = computed
  }

  /// A shard that an order covers which would end.
  package struct Return: Sendable, Hashable {
    package var service: ServiceKey
    package var cluster: String
    /// Why it stays out all the same; nil when it serves again at once.
    package var why: String?

    package init(service: ServiceKey, cluster: String, why: String?) {
      self.service = service
      self.cluster = cluster
      self.why = why
    }
  }

  /// Ready endpoints that stay at one level.
  package struct Capacity: Sendable, Hashable {
    package var service: ServiceKey
    package var level: Level
    package var remaining: Int
    package var total: Int
    /// The most that were ready there at once, as far back as is recorded; nil where too little is.
    package var peak: Peak?

    package init(service: ServiceKey, level: Level, remaining: Int, total: Int, peak: Peak? = nil) {
      self.service = service
      self.level = level
      self.remaining = remaining
      self.total = total
      self.peak = peak
    }
  }
}

extension DrainPreview {
  /// The names that the plans change, each with the greatest TTL of what is published there, in seconds.
  ///
  /// A name that had nothing has nothing to run out, and is left out.
  package var cacheTimes: [(name: DomainName, ttl: UInt32)] {
    var times: [DomainName: UInt32] = [:]
    for case let before? in plans.flatMap(\.changes).map(\.before) {
      times[before.name] = max(times[before.name] ?? 0, before.ttl)
    }
    return times.map { ($0.key, $0.value) }.sorted { ($1.ttl, $0.name) < ($0.ttl, $1.name) }
  }
}
