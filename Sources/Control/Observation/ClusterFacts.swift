package import Federation

/// What one cluster has said about itself: its nodes' places, its services' addresses and their endpoints.
///
/// A value without clock or I/O. Each mutation answers which services it touched, so that one changed endpoint costs
/// one shard.
package struct ClusterFacts: Sendable, Hashable {
  /// Where a node says it is.
  package struct Place: Sendable, Hashable {
    package var region: String?
    package var zone: String?

    package init(region: String?, zone: String?) {
      self.region = region
      self.zone = zone
    }
  }

  /// The endpoints of one EndpointSlice or Endpoints object.
  package struct Endpoints: Sendable, Hashable {
    package var family: Family
    package var ready: Int
    package var total: Int

    package enum Family: Sendable, Hashable { case v4, v6, name }

    package init(family: Family, ready: Int, total: Int) {
      self.family = family
      self.ready = ready
      self.total = total
    }
  }

  /// The kinds of object that are watched in a member cluster.
  package enum Kind: Sendable, Hashable, CaseIterable { case nodes, services, endpoints }

  /// The kinds of which a whole list has been read since the start.
  package private(set) var known: Set<Kind> = []
  private var nodes: [String: Place] = [:]
  private var addresses: [ServiceKey: [String]] = [:]
  private var endpoints: [ServiceKey: [String: Endpoints]] = [:]

  package init() {}

  /// Whether every kind has been read in whole, so that absence means absence (rule whole-reads).
  package var isWhole: Bool { known.count == Kind.allCases.count }

  /// The region that the nodes name, if any; the least where they disagree.
  package var region: String? { nodes.values.compactMap(\.region).min() }

  /// The zones that the nodes name, sorted.
  package var zones: [String] { Set(nodes.values.compactMap(\.zone)).sorted() }

  /// The shard of a service here, or nil when the cluster has no such Service.
  package func shard(of service: ServiceKey, in cluster: String) -> Shard? {
    guard let addresses = addresses[service] else { return nil }
    // A dual-stack Service lists the same pods once per address family: the greater family counts.
    var ready: [Endpoints.Family: Int] = [:]
    var total: [Endpoints.Family: Int] = [:]
    for slice in (endpoints[service] ?? [:]).values {
      ready[slice.family, default: 0] += slice.ready
      total[slice.family, default: 0] += slice.total
    }
    return Shard(
      cluster: cluster, addresses: addresses, readyEndpoints: ready.values.max() ?? 0,
      totalEndpoints: total.values.max() ?? 0)
  }
}

extension ClusterFacts {
  /// Takes a whole list of nodes; true when the cluster's place changed.
  package mutating func replaceNodes(_ list: [String: Place]) -> Bool {
    changingPlace { facts in
      facts.known.insert(.nodes)
      facts.nodes = list
    }
  }

  /// Takes one node as it is now; true when the cluster's place changed.
  package mutating func setNode(_ name: String, to place: Place?) -> Bool {
    changingPlace { $0.nodes[name] = place }
  }

  private mutating func changingPlace(_ change: (inout ClusterFacts) -> Void) -> Bool {
    let before = (region, zones, known)
    change(&self)
    return before != (region, zones, known)
  }

  /// Takes a whole list of services with their external addresses; answers the services that changed.
  package mutating func replaceServices(_ list: [ServiceKey: [String]]) -> Set<ServiceKey> {
    known.insert(.services)
    let touched = Self.difference(addresses, list)
    addresses = list
    return touched
  }

  /// Takes one service as it is now; nil when it is gone.
  package mutating func setService(_ key: ServiceKey, to list: [String]?) -> Set<ServiceKey> {
    guard addresses[key] != list else { return [] }
    addresses[key] = list
    return [key]
  }

  /// Takes a whole list of endpoint objects by service and object name; answers the services that changed.
  package mutating func replaceEndpoints(_ list: [ServiceKey: [String: Endpoints]]) -> Set<ServiceKey> {
    known.insert(.endpoints)
    let touched = Self.difference(endpoints, list)
    endpoints = list
    return touched
  }

  /// Takes one endpoint object as it is now; nil when it is gone.
  package mutating func setEndpoints(
    _ name: String, of service: ServiceKey, to slice: Endpoints?
  ) -> Set<ServiceKey> {
    guard endpoints[service]?[name] != slice else { return [] }
    endpoints[service, default: [:]][name] = slice
    if endpoints[service]?.isEmpty == true { endpoints[service] = nil }
    return [service]
  }

  private static func difference<Value: Equatable>(
    _ old: [ServiceKey: Value], _ new: [ServiceKey: Value]
  ) -> Set<ServiceKey> {
    var touched = Set(old.keys).symmetricDifference(new.keys)
    for (key, value) in new where old[key] != value { touched.insert(key) }
    return touched
  }
}
