import Control
import Federation

/// Regions, zones and clusters of a scope, in an array in which parents come before their children and siblings stand in
/// the order of their labels.
///
/// Where the scope is one service, its shards are the leaves of it. Where it is everything, the shards below a zone or a
/// cluster are only counted: they are made for the rows on screen.
struct PlaceTree: Sendable {
  private(set) var places: [Place] = []
  private(set) var roots: [Int] = []
  private(set) var index: [PlaceID: Int] = [:]
  /// What lies below each place.
  private(set) var sums: [LeafSum] = []
  /// The slots that have a place, and the place of each slot.
  private var slots: [Int32] = []
  private var placeOfSlot: [Int] = []

  static let empty = PlaceTree()

  private init() {}

  /// Makes the tree, or takes new figures into one that has the same places. Cost: the clusters.
  mutating func take(_ census: Census, scope: Scope, order: PlaceOrder) {
    let one: Int? = if case .service(let key) = scope { census.position(of: key) ?? -1 } else { nil }
    func hasLeaf(_ slot: Int32) -> Bool {
      guard let one else { return census.sums[Int(slot)].tally.leaves > 0 }
      return one >= 0 && census.counts[one].shape.leaf(at: slot) != nil
    }
    let slots = census.table.slots.indices.map(Int32.init).filter { census.holdsCluster($0) || hasLeaf($0) }
    if slots != self.slots || places.isEmpty || !isOf(census.table) { grow(slots, census.table) }
    for position in places.indices {
      places[position].leaves = 0
      places[position].shard = nil
      sums[position] = LeafSum()
      guard let slot = places[position].slot else { continue }
      if let one {
        fill(position, slot, service: one, census)
      } else {
        sums[position] = census.sums[Int(slot)]
        places[position].leaves = sums[position].tally.leaves
        if places[position].leaves == 0 { sums[position].add(census.emptyState(of: slot)) }
      }
    }
    rollUp()
    sort(by: order)
  }

  subscript(id: PlaceID) -> Place? { index[id].map { places[$0] } }

  /// The place in which the leaves of a slot hang.
  func place(of slot: Int32) -> Int? {
    guard Int(slot) < placeOfSlot.count, placeOfSlot[Int(slot)] >= 0 else { return nil }
    return placeOfSlot[Int(slot)]
  }

  /// Whether the slots are still numbered as when the places were made.
  private func isOf(_ table: SlotTable) -> Bool {
    places.allSatisfy { place in
      guard let slot = place.slot else { return true }
      let known = table.slots[Int(slot)]
      return known.cluster == place.cluster && known.region == place.id.region && known.zone == place.id.zone
    }
  }

  /// Groups the slots by region, zone and cluster; the cluster level is left out where a zone has one cluster.
  private mutating func grow(_ slots: [Int32], _ table: SlotTable) {
    self = .empty
    self.slots = slots
    placeOfSlot = Array(repeating: -1, count: table.slots.count)
    let sorted = slots.map { ($0, table.slots[Int($0)]) }.sorted { left, right in
      (left.1.region, left.1.zone, left.1.cluster) < (right.1.region, right.1.zone, right.1.cluster)
    }
    var rest = sorted[...]
    while let region = rest.first?.1.region {
      let inRegion = rest.prefix { $0.1.region == region }
      rest = rest.dropFirst(inRegion.count)
      let regionPlace = add(.region(region), label: region, under: nil)
      var zones = inRegion
      while let zone = zones.first?.1.zone {
        let inZone = zones.prefix { $0.1.zone == zone }
        zones = zones.dropFirst(inZone.count)
        let zonePlace = add(.zone(zone, region: region), label: zone, under: regionPlace)
        for (number, slot) in inZone {
          let place = inZone.count == 1 ? zonePlace : add(slot.id, label: slot.cluster, under: zonePlace)
          places[place].slot = number
          places[place].cluster = slot.cluster
          placeOfSlot[Int(number)] = place
        }
      }
    }
    sums = Array(repeating: LeafSum(), count: places.count)
  }

  private mutating func add(_ id: PlaceID, label: String, under parent: Int?) -> Int {
    let position = places.count
    places.append(Place(id: id, label: label, depth: parent.map { places[$0].depth + 1 } ?? 0, parent: parent))
    index[id] = position
    if let parent { places[parent].children.append(position) } else { roots.append(position) }
    return position
  }

  private mutating func fill(_ position: Int, _ slot: Int32, service: Int, _ census: Census) {
    guard service >= 0, let leaf = census.counts[service].shape.leaf(at: slot) else {
      sums[position].add(census.emptyState(of: slot))
      return
    }
    let count = census.counts[service]
    let shard = Int(count.shape.shards[leaf])
    places[position].shard = Place.ShardIndex(service: service, shard: shard)
    let facts = count.service.shards[shard]
    sums[position].add(
      count.leaves[leaf], ready: facts.shard.readyEndpoints, total: facts.shard.totalEndpoints, history: facts.history)
  }

  private mutating func rollUp() {
    for position in places.indices.reversed() {
      let sum = sums[position]
      places[position].tally = sum.tally
      places[position].ready = sum.ready
      places[position].total = sum.total
      places[position].state = sum.tally.rolledUp
      if let parent = places[position].parent { sums[parent].add(sum) }
    }
  }

  private mutating func sort(by order: PlaceOrder) {
    // By label is how they stand.
    let ranks = order == .name ? [] : places.map { (-$0.state.severity, -$0.tally[.down]) }
    func sorted(_ siblings: [Int]) -> [Int] {
      guard order == .worstFirst else { return siblings.sorted() }
      return siblings.sorted { (ranks[$0].0, ranks[$0].1, $0) < (ranks[$1].0, ranks[$1].1, $1) }
    }
    roots = sorted(roots)
    for position in places.indices where places[position].children.count > 1 {
      places[position].children = sorted(places[position].children)
    }
  }
}
