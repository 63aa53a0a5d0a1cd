import Control
import Federation

/// The shards of every service, judged and counted, as numbers: about thirty bytes a shard besides the snapshot.
///
/// A new snapshot costs what has changed: services that are the very same picture keep their count, and one that is
/// another is taken out of the sums and put in again. When an order is given or a cluster's condition changes, all are
/// judged again.
struct Census: Sendable {
  private(set) var table = SlotTable()
  /// In the order of the snapshot.
  private(set) var counts: [ServiceCount] = []
  /// What the leaves in each slot come to.
  private(set) var sums: [LeafSum] = []
  /// The services in the order of what their rows are called.
  private(set) var byLabel: [Int32] = []
  /// How many services the last snapshot made this count.
  private(set) var recounted = 0

  private var positions: [ServiceKey: Int] = [:]
  private var clusterPositions: [String: Int] = [:]
  private var clusters: [Cluster] = []
  private var cordons: [Cordon] = []
  private var ground = Ground()
  private var shapes = ShapeTable()

  /// What every service is judged by.
  private struct Ground: Sendable {
    /// By placement.
    var conditions: [ClusterCondition?] = []
    var orders = OrdersInForce([], over: [])
    /// By slot: whether a cluster of the snapshot stands there, and what a place without a shard is there.
    var isMember: [Bool] = []
    var isSilent: [Bool] = []
  }

  func position(of service: ServiceKey) -> Int? { positions[service] }

  /// Where a cluster stands in the snapshot.
  func position(ofCluster name: String) -> Int? { clusterPositions[name] }

  /// Whether a slot is on screen even without a shard.
  func holdsCluster(_ slot: Int32) -> Bool { ground.isMember[Int(slot)] }

  /// The state of a place where a cluster has no shard.
  func emptyState(of slot: Int32) -> HealthState { ground.isSilent[Int(slot)] ? .stale : .absent }

  /// Takes a new picture.
  ///
  /// - Returns: the services whose count is another now; nil when that is any, or when they stand elsewhere now.
  mutating func take(_ snapshot: FederationSnapshot) -> [Int]? {
    let services = snapshot.services
    if !lies(snapshot.clusters) { self = Census() }
    let isCalm = !ground.isMember.isEmpty && isCalm(snapshot)
    clusters = snapshot.clusters.map(\.cluster)
    cordons = snapshot.cordons
    let isInPlace = counts.count == services.count && zip(counts, services).allSatisfy { $0.service.key == $1.key }
    let former = isInPlace ? [] : services.map { service in positions[service.key].map { counts[$0] } }
    func known(_ position: Int) -> ServiceCount? { isInPlace ? counts[position] : former[position] }

    var fresh: [(position: Int, shape: Shape)] = []
    for (position, service) in services.enumerated() {
      if let old = known(position), old.service.isSame(as: service) {
        if !isCalm { fresh.append((position, old.shape)) }
      } else {
        fresh.append((position, shapes.shape(of: service.shards, in: &table)))
      }
    }
    lay(isAnew: !isCalm)
    recounted = fresh.count
    if isInPlace, isCalm {
      for (position, shape) in fresh {
        remove(counts[position])
        counts[position] = count(services[position], shape, former: counts[position])
        add(counts[position])
      }
      return fresh.map(\.position)
    }
    var new: [ServiceCount] = []
    new.reserveCapacity(services.count)
    var next = fresh.startIndex
    for position in services.indices {
      if next < fresh.endIndex, fresh[next].position == position {
        new.append(count(services[position], fresh[next].shape, former: known(position)))
        next += 1
      } else if let old = known(position) {
        new.append(old)
      }
    }
    counts = new
    for slot in sums.indices { sums[slot] = LeafSum() }
    for count in counts { add(count) }
    if !isInPlace { arrange() }
    return nil
  }

  private func lies(_ new: [ClusterSnapshot]) -> Bool {
    clusters.count == new.count
      && zip(clusters, new).allSatisfy { old, new in
        old.name == new.cluster.name && old.region == new.cluster.region && old.zones == new.cluster.zones
      }
  }

  private func isCalm(_ snapshot: FederationSnapshot) -> Bool {
    cordons == snapshot.cordons
      && zip(clusters, snapshot.clusters).allSatisfy { $0.condition == $1.cluster.condition }
  }

  /// Works out what services are judged by: anew, or when there are more slots than before.
  private mutating func lay(isAnew: Bool) {
    let members = clusters.map { table.placement(cluster: $0.name, region: $0.region, zones: $0.zones) }
    guard isAnew || sums.count < table.slots.count || ground.conditions.count < table.placements.count else { return }
    var known: [String: ClusterCondition] = [:]
    for (position, cluster) in clusters.enumerated() {
      known[cluster.name] = cluster.condition
      clusterPositions[cluster.name] = position
    }
    ground.conditions = table.placements.map { known[$0.cluster] }
    ground.orders = OrdersInForce(cordons, over: table.slots)
    ground.isSilent = table.slots.map { known[$0.cluster] == .unreachable }
    ground.isMember = Array(repeating: false, count: table.slots.count)
    for member in members {
      for slot in table.placements[Int(member)].slots { ground.isMember[Int(slot)] = true }
    }
    sums += Array(repeating: LeafSum(), count: table.slots.count - sums.count)
  }

  private func count(_ service: ServiceSnapshot, _ shape: Shape, former: ServiceCount?) -> ServiceCount {
    ServiceCount(
      service, shape, conditions: ground.conditions, slots: table.slots, orders: ground.orders.orders(of: service.key),
      former: former)
  }

  private mutating func add(_ count: ServiceCount) {
    count.service.shards.withUnsafeBufferPointer { shards in
      for leaf in count.leaves.indices {
        let shard = Int(count.shape.shards[leaf])
        sums[Int(count.shape.slots[leaf])].add(
          count.leaves[leaf], ready: shards[shard].shard.readyEndpoints, total: shards[shard].shard.totalEndpoints,
          history: shards[shard].history)
      }
    }
  }

  private mutating func remove(_ count: ServiceCount) {
    count.service.shards.withUnsafeBufferPointer { shards in
      for leaf in count.leaves.indices {
        let shard = Int(count.shape.shards[leaf])
        sums[Int(count.shape.slots[leaf])].remove(
          count.leaves[leaf], ready: shards[shard].shard.readyEndpoints, total: shards[shard].shard.totalEndpoints,
          history: shards[shard].history)
      }
    }
  }

  private mutating func arrange() {
    positions = [:]
    for (position, count) in counts.enumerated() { positions[count.service.key] = position }
    let labels = counts.map(\.service.key.description)
    byLabel = labels.indices.sorted { labels[$0] < labels[$1] }.map(Int32.init)
  }
}
