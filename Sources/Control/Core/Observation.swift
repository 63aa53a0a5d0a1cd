package import DNSProviders
package import Federation

/// One thing that was learnt about the world, as the shell hands it to the core.
package enum Observation: Sendable {
  case cluster(String, ClusterObservation)
  case membership(MembershipChange)
  /// The federated services at the federation API.
  case services(FederationChange<ServiceKey, ServiceDeclaration>)
  /// The cordons at the federation API, by object name.
  case cordons(FederationChange<String, CordonRecord>)
  /// The rollbacks at the federation API, by object name.
  case rollbacks(FederationChange<String, RollbackOrder>)
  /// What the vantage points report at the federation API, by their names.
  case vantagePoints(FederationChange<String, VantageReport>)
  /// The federation API stopped answering: one line. What is known stays.
  case federationSilent(String)
  /// The whole zone.
  case zone(ZoneContents)
  /// What the provider holds of one service.
  case names(ServiceKey, ZoneContents)
  /// The provider did not answer a read.
  case providerFailed(ProviderError)
  /// A load balancer hostname's addresses.
  case host(String, [IPAddress])
  /// How many of the authoritative servers serve a service's generation.
  case servers(ServiceKey, generation: UInt64, ServerCount)
  /// A name server that does not serve what was committed (rule read-back): one line.
  case lagging(ServiceKey, String)
  /// An operator asked for a service, or for all, to be read and planned anew.
  case reconcile(ServiceKey?)
}

/// A list or a step of a watch at the federation API.
package enum FederationChange<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  case replaced([Key: Value])
  case set(Key, Value)
  case removed(Key)
  /// It is still there, and no longer one of those that matter here.
  case deselected(Key)
}

/// What one member cluster said, or that it did not.
package enum ClusterObservation: Sendable {
  case nodes([String: ClusterFacts.Place])
  case node(String, ClusterFacts.Place?)
  case services([ServiceKey: [String]])
  case service(ServiceKey, [String]?)
  case endpoints([ServiceKey: [String: ClusterFacts.Endpoints]])
  case endpoint(String, ServiceKey, ClusterFacts.Endpoints?)
  case probe(ProbeResult)
}

/// The answer to one probe of a cluster's API.
package enum ProbeResult: Sendable, Hashable {
  case ready
  /// It answered, and is not ready: one line.
  case notReady(String)
  /// It did not answer: one line.
  case unreachable(String)
}

/// A federated service as it is declared at the federation API.
package struct ServiceDeclaration: Sendable, Hashable {
  /// Seconds, from the annotation `federation.zonetop.dev/ttl`; nil takes the federation's.
  package var ttl: UInt32?
  /// Changes whenever somebody asks for a reconcile (annotation `federation.zonetop.dev/reconcile`).
  package var reconcileRequest: String?
  /// Deletion was asked for and waits for finalizers.
  package var isDeleting: Bool
  /// The clusters that are to have it; nil is all of them.
  package var clusters: ClusterSelector?
  /// Clusters that have no shard as it should be, with the reason: one line each.
  package var refusals: [String: String]
  /// How its addresses are probed (annotation `federation.zonetop.dev/probe`); nil when they are not.
  package var probe: ServiceProbe?
  /// Its first TCP port.
  package var port: UInt16?

  package init(
    ttl: UInt32? = nil, reconcileRequest: String? = nil, isDeleting: Bool = false, clusters: ClusterSelector? = nil,
    refusals: [String: String] = [:], probe: ServiceProbe? = .tcp, port: UInt16? = nil
  ) {
    self.ttl = ttl
    self.reconcileRequest = reconcileRequest
    self.isDeleting = isDeleting
    self.clusters = clusters
    self.refusals = refusals
    self.probe = probe
    self.port = port
  }
}

/// A cordon as it is kept at the federation API: the order itself and the rules its holder overrode by name.
package struct CordonRecord: Sendable, Hashable {
  package var cordon: Cordon
  package var overrides: Set<SafetyRule>
  /// The object's `metadata.generation`; nil before there is an object.
  package var generation: Int64?
  /// What the controller that leads wrote about this order.
  package var status: CordonStatus?

  package init(
    cordon: Cordon, overrides: Set<SafetyRule> = [], generation: Int64? = nil, status: CordonStatus? = nil
  ) {
    self.cordon = cordon
    self.overrides = overrides
    self.generation = generation
    self.status = status
  }

  /// Whether it orders what another one orders, whatever has come of them.
  func isSameOrder(as other: CordonRecord?) -> Bool { cordon == other?.cordon && overrides == other?.overrides }
}
