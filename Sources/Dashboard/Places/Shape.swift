import Control
import Federation

/// In which clusters a service has shards, and in which order: the same for most services, and then shared by them.
///
/// A leaf is a shard in one of its zones; leaves are numbered in the order of the shards.
final class Shape: Sendable {
  /// For each shard where it lies, as ``SlotTable`` numbers it.
  let placements: [Int32]
  /// For each leaf its slot, and its shard.
  let slots: [Int32]
  let shards: [Int32]
  /// For each slot its leaf; -1 where there is none.
  private let leaves: [Int32]

  init(_ placements: [Int32], in table: SlotTable) {
    self.placements = placements
    var slots: [Int32] = []
    var shards: [Int32] = []
    var leaves = [Int32](repeating: -1, count: table.slots.count)
    for (shard, placement) in placements.enumerated() {
      for slot in table.placements[Int(placement)].slots {
        // A cluster that says twice that it lies in a zone has one leaf there.
        if leaves[Int(slot)] < 0 { leaves[Int(slot)] = Int32(slots.count) }
        slots.append(slot)
        shards.append(Int32(shard))
      }
    }
    self.slots = slots
    self.shards = shards
    self.leaves = leaves
  }

  /// The leaf in a slot; nil where the service has none.
  func leaf(at slot: Int32) -> Int? {
    guard Int(slot) < leaves.count, leaves[Int(slot)] >= 0 else { return nil }
    return Int(leaves[Int(slot)])
  }
}

/// The shapes in use, so that services that are alike share one.
struct ShapeTable {
  private var shapes: [[Int32]: Shape] = [:]
  private var last: Shape?

  /// The shape of a service, its clusters entered into the table where they are new.
  ///
  /// Cost: a few comparisons for each shard, where a service is like the one before.
  mutating func shape(of shards: [ShardSnapshot], in table: inout SlotTable) -> Shape {
    let hint = last?.placements ?? []
    var isHint = hint.count == shards.count
    var placements: [Int32] = []
    if !isHint { placements.reserveCapacity(shards.count) }
    for index in shards.indices {
      if index < hint.count, table.placements[Int(hint[index])].holds(shards[index]) {
        if !isHint { placements.append(hint[index]) }
        continue
      }
      if isHint {
        placements = Array(hint[..<index])
        placements.reserveCapacity(shards.count)
        isHint = false
      }
      placements.append(
        table.placement(
          cluster: shards[index].shard.cluster, region: shards[index].region, zones: shards[index].zones))
    }
    if isHint, let last { return last }
    if let known = shapes[placements] {
      last = known
      return known
    }
    let shape = Shape(placements, in: table)
    shapes[placements] = shape
    last = shape
    return shape
  }
}
