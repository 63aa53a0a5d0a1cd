import Control

/// A leaf as it was judged.
struct LeafState: Hashable, Sendable {
  var state: HealthState
  var serves: Bool
}

/// What the leaves of one place come to. Leaves can be taken out again, so that one that changes costs one.
struct LeafSum: Hashable, Sendable {
  private(set) var tally = Tally()
  private(set) var ready = 0
  private(set) var total = 0
  /// Ready endpoints over the last samples, newest last, and how many leaves have a history of each length.
  private var samples = SIMD8<Int>()
  private var lengths = SIMD16<Int32>()

  /// Samples that are summed.
  static let depth = 8

  mutating func add(_ leaf: LeafState, ready: Int, total: Int, history: [Int]) {
    tally.add(leaf.state, serves: leaf.serves)
    self.ready += ready
    self.total += total
    let length = min(history.count, Self.depth)
    samples &+= Self.newest(history)
    lengths[length] &+= 1
  }

  mutating func remove(_ leaf: LeafState, ready: Int, total: Int, history: [Int]) {
    tally.remove(leaf.state, serves: leaf.serves)
    self.ready -= ready
    self.total -= total
    let length = min(history.count, Self.depth)
    samples &-= Self.newest(history)
    lengths[length] &-= 1
  }

  /// A leaf without a shard: it has a state, and nothing that could be counted.
  mutating func add(_ state: HealthState) { tally.add(state, serves: false) }

  mutating func add(_ other: LeafSum) {
    tally.add(other.tally)
    ready += other.ready
    total += other.total
    samples &+= other.samples
    lengths &+= other.lengths
  }

  /// The sums of the samples, oldest first, as many as the longest history has.
  var history: [Int] {
    guard let longest = (1...Self.depth).last(where: { lengths[$0] > 0 }) else { return [] }
    return (Self.depth - longest..<Self.depth).map { samples[$0] }
  }

  private static func newest(_ history: [Int]) -> SIMD8<Int> {
    var lanes = SIMD8<Int>()
    let length = min(history.count, depth)
    for step in 0..<length { lanes[depth - length + step] = history[history.count - length + step] }
    return lanes
  }
}
