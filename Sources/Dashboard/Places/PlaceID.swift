package import Federation

/// What a row of the tree stands for: stays the same while the world around it moves, so that a selection can be kept.
package enum PlaceID: Hashable, Sendable {
  case region(String)
  case zone(String, region: String)
  case cluster(String, zone: String, region: String)
  case shard(ServiceKey, cluster: String, zone: String, region: String)

  var region: String {
    switch self {
    case .region(let region), .zone(_, let region), .cluster(_, _, let region), .shard(_, _, _, let region): region
    }
  }

  var zone: String? {
    switch self {
    case .region: nil
    case .zone(let zone, _), .cluster(_, let zone, _), .shard(_, _, let zone, _): zone
    }
  }

  /// The cluster that a cluster or a shard is of; nil for what may hold several.
  var cluster: String? {
    switch self {
    case .region, .zone: nil
    case .cluster(let cluster, _, _), .shard(_, let cluster, _, _): cluster
    }
  }

  /// The level at which the place has a name.
  var level: Level { zone.map { .zone($0, region: region) } ?? .region(region) }

  /// What it is called within the place around it.
  var label: String {
    switch self {
    case .region(let name), .zone(let name, _), .cluster(let name, _, _): name
    case .shard(let key, _, _, _): key.description
    }
  }

  /// The place one level up; nil for a region.
  var parent: PlaceID? {
    switch self {
    case .region: nil
    case .zone(_, let region): .region(region)
    case .cluster(_, let zone, let region): .zone(zone, region: region)
    case .shard(_, let cluster, let zone, let region): .cluster(cluster, zone: zone, region: region)
    }
  }
}
