package import DNS
package import DNSProviders
package import Federation
package import Resolution

/// Everything outside the controller, behind seams that tests replace.
package struct ControllerWorld: Sendable {
  /// The member clusters and the federation API, each an endless stream of observations.
  package var observers: [any Observer]
  package var provider: any DNSProvider
  /// The provider's kind and place, for people.
  package var providerName: String
  package var orders: any OrderStore
  /// Keeps the audit; nil where this process changes nothing.
  package var audit: AuditTrail?
  package var hosts: any HostLookup
  /// Asks every authoritative server until it serves a batch or gives up: n of m (rule read-back).
  package var readBack: @Sendable (Batch) async -> ReadBackResult
  package var trace: @Sendable (DomainName, RecordType) async -> Trace
  /// The member clusters as they come and go; nil where the observers are all there are.
  package var directory: ClusterDirectory?
  /// Carries federated services into the clusters; nil where that is nobody's or somebody else's task.
  package var propagator: Propagator?
  package var now: @Sendable () -> Timestamp
  package var clock: any Clock<Duration>
  /// This process's own monotonic clock, with any origin.
  package var uptime: @Sendable () -> Duration
  /// Where the lease is kept; nil where this process knows itself alone (rule single-writer).
  package var lease: (any LeaseStore)?
  /// Probes addresses from here; nil where this process is no vantage point (rule quorum).
  package var prober: DataPlaneProber?
  /// Writes Events at the federation API.
  package var events: EventRecorder?
  /// The provider's own word that its zone has changed (NOTIFY, RFC 1996); nil where only polling tells.
  package var zoneChanges: AsyncStream<ZoneNotification>?

  package init(
    observers: [any Observer], provider: any DNSProvider, providerName: String, orders: any OrderStore,
    hosts: any HostLookup, readBack: @escaping @Sendable (Batch) async -> ReadBackResult,
    trace: @escaping @Sendable (DomainName, RecordType) async -> Trace, directory: ClusterDirectory? = nil,
    propagator: Propagator? = nil, now: @escaping @Sendable () -> Timestamp, clock: any Clock<Duration>,
    audit: AuditTrail? = nil, uptime: @escaping @Sendable () -> Duration = MonotonicClock.uptime,
    lease: (any LeaseStore)? = nil, prober: DataPlaneProber? = nil, events: EventRecorder? = nil,
    zoneChanges: AsyncStream<ZoneNotification>? = nil
  ) {
    self.observers = observers
    self.provider = provider
    self.providerName = providerName
    self.orders = orders
    self.hosts = hosts
    self.readBack = readBack
    self.trace = trace
    self.directory = directory
    self.propagator = propagator
    self.now = now
    self.clock = clock
    self.audit = audit
    self.uptime = uptime
    self.lease = lease
    self.prober = prober
    self.events = events
    self.zoneChanges = zoneChanges
  }
}

/// A source of observations that runs until it is cancelled.
package protocol Observer: Sendable {
  func observe(_ report: @escaping @Sendable (Observation) async -> Void) async
}

/// Where cordons and requests are kept: the federation API.
package protocol OrderStore: Sendable {
  func place(_ record: CordonRecord) async -> IntentResult
  func lift(_ target: CordonTarget, service: ServiceKey?) async -> IntentResult
  /// Writes how far an order has come, for the generation of it that was obeyed.
  func report(_ name: String, _ status: CordonStatus, generation: Int64?, at now: Timestamp) async
  /// Clears an order away that ended long ago.
  func remove(_ name: String) async
  /// Asks whoever is in control to reconcile these services.
  func requestReconcile(_ services: [ServiceKey], at now: Timestamp) async -> IntentResult
}
