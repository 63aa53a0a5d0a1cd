/// The namespace and name that a federated service has at the federation API and in every cluster.
package struct ServiceKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var namespace: String
  package var name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// `namespace/name`, as the command line and the screen write it.
  package var description: String { "\(namespace)/\(name)" }

  package static func < (left: ServiceKey, right: ServiceKey) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}

/// A Service created at the federation API together with its shards, as last observed.
package struct FederatedService: Hashable, Sendable {
  package var key: ServiceKey
  /// The service's own TTL in seconds; nil takes the federation's.
  package var ttl: UInt32?
  /// True when the service was deleted at the federation API: the one case in which its names go away.
  package var isDeleted: Bool
  package var shards: [Shard]
  /// The record sets of an earlier generation that an order holds the service to; nil when health alone decides.
  package var pin: Pin?
  /// The names that the operator declared for it.
  package var aliases: [Alias]
  /// Aliases that may not be made or led elsewhere now, by name, with the reason.
  package var withheldAliases: [DomainName: String]

  package init(
    key: ServiceKey, ttl: UInt32? = nil, isDeleted: Bool = false, shards: [Shard], pin: Pin? = nil,
    aliases: [Alias] = [], withheldAliases: [DomainName: String] = [:]
  ) {
    self.key = key
    self.ttl = ttl
    self.isDeleted = isDeleted
    self.shards = shards
    self.pin = pin
    self.aliases = aliases
    self.withheldAliases = withheldAliases
  }
}

/// A federated service in one cluster: its external addresses and its ready endpoints.
package struct Shard: Hashable, Sendable {
  /// The name of the cluster the shard runs in.
  package var cluster: String
  /// External addresses: IP literals and load balancer hostnames, as the Service gave them.
  package var addresses: [String]
  package var readyEndpoints: Int
  package var totalEndpoints: Int
  /// Whether the cluster lists any endpoint object of the service. Without one, that nothing is ready is nobody's report:
  /// it is what an empty list looks like, and counts as vanished (rule mass-change).
  package var isListed: Bool

  package init(
    cluster: String, addresses: [String], readyEndpoints: Int, totalEndpoints: Int, isListed: Bool = true
  ) {
    self.cluster = cluster
    self.addresses = addresses
    self.readyEndpoints = readyEndpoints
    self.totalEndpoints = totalEndpoints
    self.isListed = isListed
  }
}
