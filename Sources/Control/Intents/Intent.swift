package import Federation
package import Resolution

/// What an operator asks for; the dashboard emits these and never acts itself.
package enum Intent: Sendable, Hashable {
  /// Place a cordon or drain. `planHash` is what the preview showed: when the world has moved, it is refused.
  case place(Cordon, planHash: String?, overrides: Set<SafetyRule>)
  case uncordon(CordonTarget, service: ServiceKey?)
  /// Nil reconciles every service.
  case reconcile(ServiceKey?)
}

/// What came of an intent.
package enum IntentResult: Sendable, Hashable {
  /// One line to show.
  case done(String)
  /// A rule refused; the sentence says why and how to override.
  case refused(SafetyRule, String)
  /// The plan is no longer the one that was shown.
  case changed(DrainPreview)
  case failed(String)
}

/// What a cordon or drain would do, computed before anything is done.
package struct DrainPreview: Sendable, Hashable {
  package var cordon: Cordon
  /// The changes it causes, over all services concerned.
  package var plans: [ServicePlan]
  /// Names that change without being changed: their chain now ends elsewhere.
  package var affected: [DomainName]
  package var capacity: [Capacity]
  /// Rules that object; placing it needs them overridden by name.
  package var objections: [Hold]
  /// How long after every server serves the change the last cached answer ends: the greatest old TTL.
  package var cachesEndAfter: Duration
  /// Identifies what was shown.
  package var planHash: String
  package var computed: Timestamp

  package init(
    cordon: Cordon, plans: [ServicePlan], affected: [DomainName], capacity: [Capacity], objections: [Hold],
    cachesEndAfter: Duration, planHash: String, computed: Timestamp
  ) {
    self.cordon = cordon
    self.plans = plans
    self.affected = affected
    self.capacity = capacity
    self.objections = objections
    self.cachesEndAfter = cachesEndAfter
    self.planHash = planHash
    self.computed = computed
  }

  /// Ready endpoints that stay at one level.
  package struct Capacity: Sendable, Hashable {
    package var service: ServiceKey
    package var level: Level
    package var remaining: Int
    package var total: Int

    package init(service: ServiceKey, level: Level, remaining: Int, total: Int) {
      self.service = service
      self.level = level
      self.remaining = remaining
      self.total = total
    }
  }
}

/// What the dashboard talks to: snapshots come, intents and questions go.
package protocol FederationController: Sendable {
  /// Snapshots, newest only: a slow reader skips.
  func snapshots() -> AsyncStream<FederationSnapshot>
  func perform(_ intent: Intent) async -> IntentResult
  func preview(_ cordon: Cordon) async -> DrainPreview
  func trace(_ name: DomainName, type: RecordType) async -> Trace
}
