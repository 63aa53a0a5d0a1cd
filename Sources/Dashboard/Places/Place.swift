import Control
import Federation

/// One node of the tree with everything its row needs that is costly to find.
struct Place: Hashable, Sendable {
  var id: PlaceID
  /// What the row is called: region, zone, cluster or service.
  var label: String
  var depth: Int
  /// Index of the parent in ``PlaceTree/places``; nil for regions.
  var parent: Int?
  var children: [Int] = []
  /// Where leaves hang that are made only for the screen; nil above and below that.
  var slot: Int32?
  /// How many leaves hang there.
  var leaves = 0
  var state: HealthState = .absent
  var tally = Tally()
  var ready = 0
  var total = 0
  /// Where the leaf's shard stands in the snapshot; nil for inner places and where there is no shard.
  var shard: ShardIndex?
  /// The cluster of a leaf, or of a place that holds one cluster only.
  var cluster: String?

  var isLeaf: Bool { children.isEmpty && leaves == 0 }

  struct ShardIndex: Hashable, Sendable {
    var service: Int
    var shard: Int
  }
}
