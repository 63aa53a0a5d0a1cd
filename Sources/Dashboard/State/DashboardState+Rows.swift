import Control
import Federation

/// Rows and the places they show. A row that is a shard of one service among many is made when it is asked for.
extension DashboardState {
  var selectedPlace: Place? { selection.flatMap(place) }

  var selectedRow: Int? { selection.flatMap(row) }

  /// The place of an identity; nil when it is not in the tree.
  func place(_ id: PlaceID) -> Place? {
    if let place = tree[id] { return place }
    guard let (parent, service) = leaf(id) else { return nil }
    return leafPlace(service, below: parent)
  }

  /// The row of a place; nil when it has none.
  func row(of id: PlaceID) -> Int? {
    if let position = tree.index[id] { return rows.entry(of: position)?.row }
    guard let (parent, service) = leaf(id), let entry = rows.entry(of: parent), entry.leaves > 0 else { return nil }
    return services(below: parent).firstIndex(of: service).map { entry.row + 1 + $0 }
  }

  /// What a row shows; nil below the last one.
  func place(at row: Int) -> Place? { places(in: row..<row + 1).first }

  /// What some rows show. Cost: the rows, and the services for each place whose leaves are among them.
  func places(in wanted: Range<Int>) -> [Place] {
    let wanted = wanted.clamped(to: rows.indices)
    guard !wanted.isEmpty, let first = rows.entry(at: wanted.lowerBound) else { return [] }
    var places: [Place] = []
    places.reserveCapacity(wanted.count)
    for entry in rows.entries[first...] {
      guard entry.row < wanted.upperBound else { break }
      if wanted.contains(entry.row) { places.append(tree.places[entry.place]) }
      let leaves = (entry.row + 1..<entry.row + 1 + entry.leaves).clamped(to: wanted)
      guard !leaves.isEmpty else { continue }
      let services = services(below: entry.place)
      for row in leaves { places += leafPlace(services[row - entry.row - 1], below: entry.place).map { [$0] } ?? [] }
    }
    return places
  }

  /// The services whose leaves hang below a place, in the order of their rows.
  private func services(below place: Int) -> [Int] {
    guard let slot = tree.places[place].slot else { return [] }
    return census.services(at: slot, order: order, sieve: sieve)
  }

  /// Where the leaf of an identity hangs, and its service.
  private func leaf(_ id: PlaceID) -> (parent: Int, service: Int)? {
    guard scope == .everything, case .shard(let key, let cluster, let zone, let region) = id,
      let slot = census.table.known(Slot(region: region, zone: zone, cluster: cluster)),
      let parent = tree.place(of: slot), let service = census.position(of: key),
      census.counts[service].shape.leaf(at: slot) != nil
    else { return nil }
    return (parent, service)
  }

  private func leafPlace(_ service: Int, below parent: Int) -> Place? {
    let above = tree.places[parent]
    let count = census.counts[service]
    guard let slot = above.slot, let leaf = count.shape.leaf(at: slot) else { return nil }
    let key = count.service.key
    let at = census.table.slots[Int(slot)]
    let shard = Int(count.shape.shards[leaf])
    var place = Place(
      id: .shard(key, cluster: at.cluster, zone: at.zone, region: at.region), label: key.description,
      depth: above.depth + 1, parent: parent)
    place.state = count.leaves[leaf].state
    place.tally.add(place.state, serves: count.leaves[leaf].serves)
    place.shard = Place.ShardIndex(service: service, shard: shard)
    place.ready = count.service.shards[shard].shard.readyEndpoints
    place.total = count.service.shards[shard].shard.totalEndpoints
    place.cluster = at.cluster
    return place
  }
}
