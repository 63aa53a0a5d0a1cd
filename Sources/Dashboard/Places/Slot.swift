import Control
import Federation

/// A cluster in one of its zones: where leaves hang.
struct Slot: Hashable, Sendable {
  var region: String
  var zone: String
  var cluster: String

  var id: PlaceID { .cluster(cluster, zone: zone, region: region) }
}

/// The slots of a federation as numbers, so that whatever is kept for each of a million shards needs no text.
///
/// Only grows; a census that begins anew begins a new one.
struct SlotTable: Sendable {
  /// A cluster with all the zones in which it lies, as shards say it.
  struct Placement: Sendable {
    var cluster: String
    var region: String
    var zones: [String]
    /// One for each zone, in that order.
    var slots: [Int32]

    @inline(__always) func holds(_ shard: borrowing ShardSnapshot) -> Bool {
      cluster == shard.shard.cluster && region == shard.region && zones == shard.zones
    }
  }

  private struct Key: Hashable {
    var cluster: String
    var region: String
    var zones: [String]
  }

  private(set) var slots: [Slot] = []
  private(set) var placements: [Placement] = []
  private var numbers: [Slot: Int32] = [:]
  private var placementNumbers: [Key: Int32] = [:]

  /// The number of where a cluster lies.
  mutating func placement(cluster: String, region: String, zones: [String]) -> Int32 {
    let key = Key(cluster: cluster, region: region, zones: zones)
    if let known = placementNumbers[key] { return known }
    let number = Int32(placements.count)
    placementNumbers[key] = number
    placements.append(
      Placement(
        cluster: cluster, region: region, zones: zones,
        slots: zones.map { self.number(of: Slot(region: region, zone: $0, cluster: cluster)) }))
    return number
  }

  /// The number of a slot that is known; nil for any other.
  func known(_ slot: Slot) -> Int32? { numbers[slot] }

  private mutating func number(of slot: Slot) -> Int32 {
    if let known = numbers[slot] { return known }
    let number = Int32(slots.count)
    numbers[slot] = number
    slots.append(slot)
    return number
  }
}
