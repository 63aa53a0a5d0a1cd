/// One step of a plan: a record set as it is and as it will be.
package struct Change: Hashable, Sendable {
  package var action: Action
  package var name: DomainName
  package var before: RecordSet?
  package var after: RecordSet?

  package enum Action: String, Hashable, Sendable {
    case create
    case replace
    case delete
  }

  package init(action: Action, name: DomainName, before: RecordSet?, after: RecordSet?) {
    self.action = action
    self.name = name
    self.before = before
    self.after = after
  }

  /// Whether an address leaves the name by it.
  package var takesAddressesOut: Bool {
    guard let before, before.type == .a || before.type == .aaaa else { return false }
    guard let after, after.type == before.type else { return true }
    return !Set(before.values).isSubset(of: after.values)
  }
}

/// A change that a safety rule stopped.
package struct Hold: Hashable, Sendable {
  package var rule: SafetyRule
  package var service: ServiceKey
  /// The name concerned; nil when the whole service is.
  package var name: DomainName?
  /// One sentence: what was stopped and on which figures.
  package var why: String

  package init(rule: SafetyRule, service: ServiceKey, name: DomainName?, why: String) {
    self.rule = rule
    self.service = service
    self.name = name
    self.why = why
  }
}

/// The safety rules by the names that operators see and override.
package enum SafetyRule: String, Hashable, Sendable, CaseIterable {
  case neverEmpty = "never-empty"
  case failStatic = "fail-static"
  case quorum
  case massChange = "mass-change"
  /// An order would leave fewer healthy zones than `safety.minimumHealthyZones`.
  case minimumHealthyZones = "minimum-healthy-zones"
  /// One standing drain per service and scope: a second one needs this overridden.
  case oneDrain = "one-drain"
  case fenced
  case singleWriter = "single-writer"
  case atomic
  case noDangling = "no-dangling"
  case owned
  case readBack = "read-back"
  case flapDamping = "flap-damping"
  case wholeReads = "whole-reads"
  /// An address whose shard is known not to serve is not brought back: a wrong green is worse than a red.
  case knownDead = "known-dead"
  case isolation
  case idempotent
  case audited
  case breakGlass = "break-glass"
  case cleanText = "clean-text"
}

/// Why a shard is or is not healthy.
package struct Verdict: Hashable, Sendable {
  package var service: ServiceKey
  package var cluster: String
  package var isHealthy: Bool
  package var reason: Reason

  package enum Reason: String, Hashable, Sendable {
    case healthy
    case noAddress
    case noReadyEndpoints
    case clusterNotReady
    /// The cluster cannot be reached: its shard is held as it was.
    case clusterUnreachable
    case clusterWithdrawn
    /// The cluster is unknown, or its region or a zone of it cannot be part of a name.
    case clusterUnplaced
    /// Healthy, but an order keeps it from entering DNS.
    case cordoned
    /// An order takes it out of DNS.
    case drained
    /// Healthy again, but it came and went too often: it waits before it returns.
    case damped
    /// Every address is a load balancer hostname without an answer.
    case hostUnresolved
  }

  package init(service: ServiceKey, cluster: String, isHealthy: Bool, reason: Reason) {
    self.service = service
    self.cluster = cluster
    self.isHealthy = isHealthy
    self.reason = reason
  }
}

/// What the rules make of one service: what should be published, the ordered steps towards it, and what was stopped.
package struct ServicePlan: Hashable, Sendable {
  package var service: ServiceKey
  /// All that is published once the plan is applied, sorted by name and type; ownership marks and foreign sets apart.
  package var records: [RecordSet]
  /// In an order in which every prefix is safe; the whole is one batch.
  package var changes: [Change]
  package var held: [Hold]
  package var verdicts: [Verdict]

  package init(
    service: ServiceKey, records: [RecordSet], changes: [Change], held: [Hold], verdicts: [Verdict]
  ) {
    self.service = service
    self.records = records
    self.changes = changes
    self.held = held
    self.verdicts = verdicts
  }
}
