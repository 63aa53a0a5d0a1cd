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
  private var services: [ServiceKey: ServiceFacts] = [:]
  /// The region that the nodes name, if any; the least where they disagree.
  package private(set) var region: String?
  /// The zones that the nodes name, sorted.
  package private(set) var zones: [String] = []

  package init() {}

  /// Whether every kind has been read in whole, so that absence means absence (rule whole-reads).
  package var isWhole: Bool { known.count == Kind.allCases.count }

  /// The external addresses of those services that are here, by service.
  func addresses(where isMeant: (ServiceKey) -> Bool) -> [ServiceKey: [String]] {
    services.filter { isMeant($0.key) }.compactMapValues(\.addresses)
  }

  /// The endpoint objects of those services that have any, by service and name.
  func endpoints(where isMeant: (ServiceKey) -> Bool) -> [ServiceKey: [String: Endpoints]] {
    services.filter { isMeant($0.key) && !$0.value.slices.isEmpty }.mapValues(\.slices)
  }

  /// The shard of a service here, or nil when the cluster has no such Service.
  package func shard(of service: ServiceKey, in cluster: String) -> Shard? {
    guard let facts = services[service], let addresses = facts.addresses else { return nil }
    // A dual-stack Service lists the same pods once per address family: the greater family counts.
    var ready = (v4: 0, v6: 0, name: 0)
    var total = ready
    for slice in facts.slices.values {
      switch slice.family {
      case .v4: (ready.v4, total.v4) = (ready.v4 + slice.ready, total.v4 + slice.total)
      case .v6: (ready.v6, total.v6) = (ready.v6 + slice.ready, total.v6 + slice.total)
      case .name: (ready.name, total.name) = (ready.name + slice.ready, total.name + slice.total)
      }
    }
    return Shard(
      cluster: cluster, addresses: addresses, readyEndpoints: max(ready.v4, ready.v6, ready.name),
      totalEndpoints: max(total.v4, total.v6, total.name), isListed: !facts.slices.isEmpty)
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
    region = nodes.values.compactMap(\.region).min()
    zones = Set(nodes.values.compactMap(\.zone)).sorted()
    return before != (region, zones, known)
  }

  /// Takes a whole list of services with their external addresses; answers the services that changed.
  package mutating func replaceServices(_ list: [ServiceKey: [String]]) -> Set<ServiceKey> {
    known.insert(.services)
    var touched = Set(services.lazy.filter { $0.value.addresses != list[$0.key] }.map(\.key))
    for key in list.keys where services[key] == nil { touched.insert(key) }
    for key in touched { change(key) { $0.addresses = list[key] } }
    return touched
  }

  /// Takes one service as it is now; nil when it is gone.
  package mutating func setService(_ key: ServiceKey, to list: [String]?) -> Set<ServiceKey> {
    guard services[key]?.addresses != list else { return [] }
    change(key) { $0.addresses = list }
    return [key]
  }

  /// Takes a whole list of endpoint objects by service and object name; answers the services that changed.
  package mutating func replaceEndpoints(_ list: [ServiceKey: [String: Endpoints]]) -> Set<ServiceKey> {
    known.insert(.endpoints)
    var touched = Set(services.lazy.filter { $0.value.slices != list[$0.key, default: [:]] }.map(\.key))
    for (key, slices) in list where !slices.isEmpty && services[key] == nil { touched.insert(key) }
    for key in touched { change(key) { $0.slices = list[key, default: [:]] } }
    return touched
  }

  /// Takes one endpoint object as it is now; nil when it is gone.
  package mutating func setEndpoints(
    _ name: String, of service: ServiceKey, to slice: Endpoints?
  ) -> Set<ServiceKey> {
    guard services[service]?.slices[name] != slice else { return [] }
    change(service) { $0.slices[name] = slice }
    return [service]
  }

  private mutating func change(_ key: ServiceKey, _ change: (inout ServiceFacts) -> Void) {
    change(&services[key, default: ServiceFacts()])
    if services[key] == ServiceFacts() { services[key] = nil }
  }

  /// One service as the cluster has it: both halves beside each other, because every plan asks for both.
  private struct ServiceFacts: Sendable, Hashable {
    /// External addresses; nil while there is no such Service, whatever endpoints there are.
    var addresses: [String]?
    var slices: [String: Endpoints] = [:]
  }
}
