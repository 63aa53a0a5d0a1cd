package import Federation

/// Everything a screen or a `status` needs to know at one moment: an immutable picture of the federation.
package struct FederationSnapshot: Sendable, Hashable {
  /// Grows with every change of the picture.
  package var revision: UInt64
  package var time: Timestamp
  package var federation: Federation
  /// The provider's kind, as the configuration names it, and where it is.
  package var provider: String
  /// The environment the configuration names (`production`), written out on screen.
  package var environment: String?
  package var clusters: [ClusterSnapshot]
  package var services: [ServiceSnapshot]
  /// The aliases that the configuration declares, sorted by name.
  package var aliases: [AliasSnapshot]
  package var cordons: [Cordon]
  /// How far each drain in force has come; a drain that is missing here has not been measured.
  package var drains: [DrainStatus]
  /// The orders of ``cordons`` with how far each has come.
  package var orders: [OrderSnapshot]
  package var dns: DNSState
  package var leader: LeaderState
  /// What rules stop for the federation as a whole; what they stop of one service is with the service.
  package var held: [FederationHold]
  /// Newest first, bounded.
  package var events: [Event]

  package init(
    revision: UInt64, time: Timestamp, federation: Federation, provider: String, environment: String? = nil,
    clusters: [ClusterSnapshot], services: [ServiceSnapshot], aliases: [AliasSnapshot] = [],
    cordons: [Cordon], drains: [DrainStatus] = [], orders: [OrderSnapshot] = [], dns: DNSState, leader: LeaderState,
    held: [FederationHold] = [],
    events: [Event]
  ) {
    self.revision = revision
    self.time = time
    self.federation = federation
    self.provider = provider
    self.environment = environment
    self.clusters = clusters
    self.services = services
    self.aliases = aliases
    self.cordons = cordons
    self.drains = drains
    self.orders = orders
    self.dns = dns
    self.leader = leader
    self.held = held
    self.events = events
  }
}

extension FederationSnapshot {
  /// Whether another picture says the same, but for when it was taken and when clusters were heard last.
  ///
  /// Two pictures of one controller share what has not changed, and are compared by that.
  package func says(_ other: FederationSnapshot) -> Bool {
    guard services.count == other.services.count,
      zip(services, other.services).allSatisfy({ $0.isSame(as: $1) })
    else { return false }
    return steady == other.steady
  }

  private var steady: FederationSnapshot {
    var steady = self
    (steady.revision, steady.time, steady.services) = (0, .init(seconds: 0), [])
    for index in clusters.indices { steady.clusters[index].lastHeard = nil }
    return steady
  }
}

/// Whether what is published is what should be.
package enum DNSState: Sendable, Hashable {
  /// Nothing has been read from the provider yet.
  case unknown
  case inStep
  /// This many record sets differ from what is desired.
  case changing(Int)
  /// A rule stopped changes; names of rules that hold something.
  case held([SafetyRule])
  /// The provider or its servers cannot be reached: one line.
  case unreachable(String)
}

/// Who is in control of the names.
package enum LeaderState: Sendable, Hashable {
  case none
  case this
  case other(String)
}

extension LeaderState {
  /// Who leads, in words.
  package var words: String {
    switch self {
    case .none: "nobody leads"
    case .this: "this process leads"
    case .other(let name): "\(name) leads"
    }
  }

  /// The name of who leads; nil when nobody does.
  package var name: String? {
    switch self {
    case .none: nil
    case .this: "this"
    case .other(let name): name
    }
  }
}

/// A cluster as last observed.
package struct ClusterSnapshot: Sendable, Hashable {
  package var cluster: Cluster
  /// Why it is in its condition; one line, cleaned.
  package var reason: String
  /// When the cluster last said anything; nil if never.
  package var lastHeard: Timestamp?
  /// When its condition last changed.
  package var since: Timestamp

  package init(cluster: Cluster, reason: String, lastHeard: Timestamp?, since: Timestamp) {
    self.cluster = cluster
    self.reason = reason
    self.lastHeard = lastHeard
    self.since = since
  }
}

/// One line of what happened.
package struct Event: Sendable, Hashable {
  package var time: Timestamp
  package var kind: Kind
  /// The object concerned: `zone/us-central1-f`, `mynamespace/nginx`, a cluster.
  package var subject: String
  /// One cleaned line.
  package var message: String

  package enum Kind: String, Sendable, Hashable {
    case up, down, held, applied, cordon, drain, uncordon, reconcile, cluster, leader, error
  }

  package init(time: Timestamp, kind: Kind, subject: String, message: String) {
    self.time = time
    self.kind = kind
    self.subject = subject
    self.message = message
  }
}
