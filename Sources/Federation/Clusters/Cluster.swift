/// A federation: its name, its DNS domain and what its names look like unless a service says otherwise.
package struct Federation: Hashable, Sendable {
  package var name: String
  package var domain: DomainName
  /// Default TTL in seconds.
  package var ttl: UInt32
  package var nameLayout: NameLayout

  package init(name: String, domain: DomainName, ttl: UInt32 = 180, nameLayout: NameLayout = .flat) {
    self.name = name
    self.domain = domain
    self.ttl = ttl
    self.nameLayout = nameLayout
  }
}

/// How zone names are composed.
package enum NameLayout: String, Hashable, Sendable, CaseIterable {
  /// `<service>.<namespace>.<federation>.svc.<zone>.<domain>`
  case flat
  /// `<service>.<namespace>.<federation>.svc.<zone>.<region>.<domain>`
  case nested
}

/// A member cluster: where it lies and whether its API answers.
package struct Cluster: Hashable, Sendable {
  package var name: String
  package var region: String
  /// One or more zones, sorted.
  package var zones: [String]
  package var condition: ClusterCondition
  /// The labels of its `Cluster` object, for selectors; nil while nobody has read them.
  package var labels: [String: String]?

  package init(
    name: String, region: String, zones: [String], condition: ClusterCondition, labels: [String: String]? = nil
  ) {
    self.name = name
    self.region = region
    self.zones = zones
    self.condition = condition
    self.labels = labels
  }
}

/// What is known of a cluster's API.
package enum ClusterCondition: String, Hashable, Sendable, CaseIterable {
  /// It answers its probes.
  case ready
  /// It answers, and says that it is not ready.
  case notReady
  /// It does not answer: unknown, not unhealthy. Its addresses are held.
  case unreachable
  /// It has been unreachable for the configured time and a quorum of independent evidence agrees: its addresses leave.
  case withdrawn
}
