/// What a plan depends on besides the service itself: made once, used for every service until one of its parts changes.
///
/// Making it costs about a microsecond a cluster; everything else that plans share (names, places) is worked out here.
package struct PlanningContext: Sendable {
  package let federation: Federation
  package var limits: SafetyLimits
  /// Every order given; those that have expired at ``now`` are passed over.
  package var cordons: [Cordon] { didSet { standing = PlanningContext.standing(cordons, now) } }
  /// Addresses by load balancer hostname, as last resolved.
  package var hosts: [String: [IPAddress]]
  package var now: Timestamp { didSet { standing = PlanningContext.standing(cordons, now) } }
  /// Rules that the operator overrode by name.
  package var overrides: Set<SafetyRule>
  /// Why DNS is frozen (rule fail-static): nothing changes while this is set.
  package var frozen: String?
  /// By service, the clusters whose shard waits before it may return, with the sentence why (rule flap-damping).
  package var damped: [ServiceKey: [String: String]] = [:]
  /// Every rule, but in tests that take one out.
  package var rules: SafetyRules

  private(set) var standing: [Cordon]
  let table: NameTable

  package init(
    federation: Federation, clusters: [Cluster], limits: SafetyLimits, cordons: [Cordon], hosts: [String: [IPAddress]],
    now: Timestamp, overrides: Set<SafetyRule>, rules: SafetyRules = .all
  ) {
    self.federation = federation
    self.limits = limits
    self.cordons = cordons
    self.hosts = hosts
    self.now = now
    self.overrides = overrides
    self.rules = rules
    standing = PlanningContext.standing(cordons, now)
    table = NameTable(federation: federation, clusters: clusters)
  }

  private static func standing(_ cordons: [Cordon], _ now: Timestamp) -> [Cordon] {
    cordons.filter { $0.expires > now }
  }

  /// `<service>.<namespace>.<federation>.svc.`, which all names of a service begin with.
  func stem(of service: ServiceKey) -> String { "\(service.name).\(service.namespace).\(federation.name).svc." }

  /// Why no name of a service can be published; nil when they can.
  package func refusal(of service: ServiceKey) -> String? {
    guard isServiceLabel(service.name), isServiceLabel(service.namespace) else {
      return "\(shown(service.description)) cannot be part of a name: use a…z, 0…9 and -, at most 63 of them each"
    }
    guard service.namespace != federation.name else {
      return
        "the federation is named like the namespace \(service.namespace), so that its names would mean two things: "
        + "rename one of them"
    }
    guard isServiceLabel(federation.name) else {
      return "the federation's name \(shown(federation.name)) cannot be part of a name: use a…z, 0…9 and -"
    }
    let length = stem(of: service).utf8.count + federation.domain.text.utf8.count
    // The mark's own label and its dot must fit as well.
    guard length + "_zonetop.".utf8.count <= 253 else {
      return "the name of \(service) would have \(length) bytes and DNS allows 253: shorten one of its parts"
    }
    return nil
  }

  /// The names that a service has, global first, then regions, then zones; none when it is refused or has no shards.
  package func names(of service: FederatedService) -> [(name: DomainName, level: Level)] {
    guard refusal(of: service.key) == nil, !service.shards.isEmpty else { return [] }
    let stem = stem(of: service.key)
    var used: Set<Int> = []
    for shard in service.shards {
      guard let place = table.places[shard.cluster], place.refusal == nil else { continue }
      used.formUnion([NameTable.global, place.region])
      used.formUnion(place.zones)
    }
    return used.sorted().map { (DomainName(canonical: stem + table.slots[$0].suffix), table.slots[$0].level) }
  }
}
