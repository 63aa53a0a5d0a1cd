import Control
import Federation

/// Regions, zones, clusters and shards of a scope, in an array in which parents come before their children.
///
/// Built once for each snapshot and scope; the views only read the rows that are on screen.
struct PlaceTree: Sendable {
  private(set) var places: [Place] = []
  private(set) var roots: [Int] = []
  private(set) var index: [PlaceID: Int] = [:]

  static let empty = PlaceTree()

  private init() {}

  /// Groups what the scope shows by region, zone and cluster; the cluster level is left out where a zone has one
  /// cluster, and the shard level where the scope is one service. Cost: linear in the shards, plus the sorting.
  init(_ snapshot: FederationSnapshot, scope: Scope, order: PlaceOrder) {
    let orders = OrdersInForce(snapshot.cordons)
    var conditions: [String: ClusterCondition] = [:]
    var clusters: [Location: [String]] = [:]
    for cluster in snapshot.clusters.map(\.cluster) {
      conditions[cluster.name] = cluster.condition
      for zone in cluster.zones {
        clusters[Location(region: cluster.region, zone: zone), default: []].append(cluster.name)
      }
    }
    var leaves: [Location: [String: [Leaf]]] = [:]
    for (serviceIndex, service) in snapshot.services.enumerated() {
      if case .service(let key) = scope, key != service.key { continue }
      for (shardIndex, shard) in service.shards.enumerated() {
        let position = Place.ShardIndex(service: serviceIndex, shard: shardIndex)
        for zone in shard.zones {
          let location = Location(region: shard.region, zone: zone)
          let order = orders.kind(over: shard, of: service.key, in: location)
          let state = HealthState.of(shard, cluster: conditions[shard.shard.cluster], order: order)
          leaves[location, default: [:]][shard.shard.cluster, default: []].append(
            Leaf(service: service.key, position: position, state: state, shard: shard))
        }
      }
    }
    var zonesOf: [String: [String]] = [:]
    for location in Set(clusters.keys).union(leaves.keys) {
      zonesOf[location.region, default: []].append(location.zone)
    }
    for (region, zones) in zonesOf.sorted(by: { $0.key < $1.key }) {
      let regionIndex = add(.region(region), label: region, under: nil)
      for zone in zones.sorted() {
        let location = Location(region: region, zone: zone)
        let here = leaves[location] ?? [:]
        let names = Set(clusters[location] ?? []).union(here.keys).sorted()
        let zoneIndex = add(.zone(zone, region: region), label: zone, under: regionIndex)
        for name in names {
          let shards = here[name] ?? []
          let absent: HealthState = conditions[name] == .unreachable ? .stale : .absent
          if case .service = scope {
            let target =
              names.count == 1
              ? zoneIndex : add(.cluster(name, zone: zone, region: region), label: name, under: zoneIndex)
            fill(target, cluster: name, with: shards.first, absent: absent)
          } else {
            let parent =
              names.count == 1
              ? zoneIndex : add(.cluster(name, zone: zone, region: region), label: name, under: zoneIndex)
            places[parent].cluster = name
            for leaf in shards {
              let id = PlaceID.shard(leaf.service, cluster: name, zone: zone, region: region)
              fill(add(id, label: leaf.service.description, under: parent), cluster: name, with: leaf, absent: absent)
            }
            if shards.isEmpty { fill(parent, cluster: name, with: nil, absent: absent) }
          }
        }
      }
    }
    rollUp()
    sort(by: order)
  }

  subscript(id: PlaceID) -> Place? { index[id].map { places[$0] } }

  private mutating func add(_ id: PlaceID, label: String, under parent: Int?) -> Int {
    let position = places.count
    places.append(Place(id: id, label: label, depth: parent.map { places[$0].depth + 1 } ?? 0, parent: parent))
    index[id] = position
    if let parent { places[parent].children.append(position) } else { roots.append(position) }
    return position
  }

  private mutating func fill(_ position: Int, cluster: String, with leaf: Leaf?, absent: HealthState) {
    places[position].cluster = cluster
    guard let leaf else {
      places[position].tally.add(absent, serves: false)
      places[position].state = absent
      return
    }
    places[position].shard = leaf.position
    places[position].state = leaf.state
    places[position].tally.add(leaf.state, serves: leaf.shard.isServing)
    places[position].ready = leaf.shard.shard.readyEndpoints
    places[position].total = leaf.shard.shard.totalEndpoints
  }

  private mutating func rollUp() {
    for position in places.indices.reversed() {
      if !places[position].isLeaf { places[position].state = places[position].tally.rolledUp }
      guard let parent = places[position].parent else { continue }
      places[parent].tally.add(places[position].tally)
      places[parent].ready += places[position].ready
      places[parent].total += places[position].total
    }
  }

  private mutating func sort(by order: PlaceOrder) {
    let all = places
    let before = { (left: Int, right: Int) in order.puts(all[left], before: all[right]) }
    roots.sort(by: before)
    for position in places.indices where places[position].children.count > 1 {
      places[position].children.sort(by: before)
    }
  }

  private struct Leaf {
    var service: ServiceKey
    var position: Place.ShardIndex
    var state: HealthState
    var shard: ShardSnapshot
  }
}

/// A zone together with its region; zones of different regions may be named alike.
struct Location: Hashable, Sendable {
  var region: String
  var zone: String
}
