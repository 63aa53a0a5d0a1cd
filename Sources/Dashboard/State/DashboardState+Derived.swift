import Control
package import Federation

extension DashboardState {
  var serviceSnapshot: ServiceSnapshot? {
    service.flatMap(census.position).flatMap { snapshot?.services[$0] }
  }

  /// The shard of a leaf.
  func shard(of place: Place) -> ShardSnapshot? {
    guard let position = place.shard else { return nil }
    return snapshot?.services[position.service].shards[position.shard]
  }

  /// When a cluster last said anything; nil when it never did.
  func heard(_ cluster: String?) -> Timestamp? {
    guard let position = cluster.flatMap(census.position(ofCluster:)) else { return nil }
    return snapshot?.clusters[position].lastHeard
  }

  /// The name that a place has in the selected service.
  func name(of id: PlaceID) -> NameSnapshot? { serviceSnapshot?.name(at: id.level) }

  /// What the trace is about: the selected place's name, else the global one.
  var tracedName: NameSnapshot? {
    if let tracedOther { return NameSnapshot(name: tracedOther, level: .global, desired: [], published: []) }
    if view == .records { return pickedRecord?.name }
    return selection.flatMap(name) ?? serviceSnapshot?.name(at: .global)
  }

  /// The names of the selected service: global first, then each region with its zones.
  var recordsShown: [NameSnapshot] { serviceSnapshot?.namesByPlace ?? [] }

  /// The orders that bear on a place, its own and those of the places around it.
  func orders(over id: PlaceID) -> [Cordon] {
    let cluster = id.cluster ?? tree[id]?.cluster
    return (snapshot?.cordons ?? []).filter { cordon in
      if let about = cordon.service, about != service { return false }
      return switch cordon.target {
      case .region(let region): region == id.region
      case .zone(let zone): zone == id.zone
      case .cluster(let name): name == cluster
      case .shard(let name, let key): name == cluster && key == service
      }
    }
  }

  var isFiltering: Bool { !filterText.isEmpty || onlyUnhealthy }

  func isFolded(_ place: Place) -> Bool {
    if place.isLeaf { return false }
    if let chosen = folds[place.id] { return chosen }
    if case .everything = scope, !isFiltering { return place.depth > 0 }
    return false
  }
}

extension DashboardState {
  /// The name that the trace pane is about.
  package var nameToTrace: DomainName? { tracedName?.name }
}
