import Control
package import Federation

extension DashboardState {
  var selectedPlace: Place? { selection.flatMap { tree[$0] } }

  var selectedRow: Int? {
    guard let selection, let position = tree.index[selection] else { return nil }
    return rows.firstIndex(of: position)
  }

  var serviceSnapshot: ServiceSnapshot? {
    guard let service, let summary = summaries.first(where: { $0.key == service }) else { return nil }
    return snapshot?.services[summary.position]
  }

  /// The shard of a leaf.
  func shard(of place: Place) -> ShardSnapshot? {
    guard let position = place.shard else { return nil }
    return snapshot?.services[position.service].shards[position.shard]
  }

  /// The name that a place has in the selected service.
  func name(of id: PlaceID) -> NameSnapshot? {
    guard let service = serviceSnapshot else { return nil }
    let zone = id.zone
    return service.names.first { name in
      switch name.level {
      case .zone(let own, let region): own == zone && region == id.region
      case .region(let own): zone == nil && own == id.region
      case .global: false
      }
    }
  }

  /// What the trace is about: the selected place's name, else the global one.
  var tracedName: NameSnapshot? {
    if let tracedOther { return NameSnapshot(name: tracedOther, level: .global, desired: [], published: []) }
    if view == .records { return pickedRecord?.name }
    return selection.flatMap(name) ?? serviceSnapshot?.names.first { $0.level == .global }
  }

  /// The names of the selected service: global first, then each region with its zones.
  var recordsShown: [NameSnapshot] {
    func rank(_ level: Level) -> (Int, String, Int, String) {
      switch level {
      case .global: (0, "", 0, "")
      case .region(let region): (1, region, 0, "")
      case .zone(let zone, let region): (1, region, 1, zone)
      }
    }
    return (serviceSnapshot?.names ?? []).sorted { rank($0.level) < rank($1.level) }
  }

  /// The services as the table shows them: worst first, or by name.
  var servicesShown: [ServiceSummary] {
    let kept = summaries.filter { summary in
      filter.matches(
        Filter.Subject(
          state: summary.state, region: "", zone: "", cluster: "", service: summary.key.description, addresses: []))
    }
    return kept.sorted { left, right in
      if order == .worstFirst, left.state.severity != right.state.severity {
        return left.state.severity > right.state.severity
      }
      return left.key < right.key
    }
  }

  /// The clusters as the table shows them: those that do not answer first.
  var clustersShown: [ClusterSnapshot] {
    func rank(_ condition: ClusterCondition) -> Int {
      switch condition {
      case .withdrawn: 0
      case .unreachable: 1
      case .notReady: 2
      case .ready: 3
      }
    }
    return (snapshot?.clusters ?? []).sorted { left, right in
      let (one, two) = (rank(left.cluster.condition), rank(right.cluster.condition))
      return order == .worstFirst && one != two ? one < two : left.cluster.name < right.cluster.name
    }
  }

  /// The orders that bear on a place, its own and those of the places around it.
  func orders(over id: PlaceID) -> [Cordon] {
    let cluster = tree[id]?.cluster
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
