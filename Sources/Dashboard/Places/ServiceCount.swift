import Control
import Federation

/// One service, counted: the state of each of its leaves, and what they come to.
struct ServiceCount: Sendable {
  let service: ServiceSnapshot
  let shape: Shape
  /// In the order of the shape's leaves.
  let leaves: [LeafState]
  let addresses: AddressText
  /// Every shard once.
  let tally: Tally

  /// - Parameters:
  ///   - conditions: of the clusters, by placement.
  ///   - former: the same service counted before; its addresses are taken over where its shards are still the same.
  init(
    _ service: ServiceSnapshot, _ shape: Shape, conditions: [ClusterCondition?], slots: [Slot],
    orders: OrdersInForce.OfService, former: ServiceCount?
  ) {
    self.service = service
    self.shape = shape
    var leaves: [LeafState] = []
    leaves.reserveCapacity(shape.slots.count)
    var tally = Tally()
    let isOrdered = !orders.isEmpty
    service.shards.withUnsafeBufferPointer { shards in
      for index in shards.indices {
        let condition = conditions[Int(shape.placements[index])]
        let serves = shards[index].isServing
        let plain = HealthState.of(shards, index, cluster: condition, order: nil)
        // A shard in several zones is counted once, under the strongest order over any of them.
        var whole = plain
        var strongest: Cordon.Kind?
        while leaves.count < shape.shards.count, Int(shape.shards[leaves.count]) == index {
          let order = isOrdered ? orders.kind(at: shape.slots[leaves.count], slots) : nil
          let state = order == nil ? plain : HealthState.of(shards, index, cluster: condition, order: order)
          if let order, strongest != .drain {
            strongest = order
            whole = state
          }
          leaves.append(LeafState(state: state, serves: serves))
        }
        tally.add(whole, serves: serves)
      }
    }
    self.leaves = leaves
    self.tally = tally
    if let former, Self.hasSameAddresses(former.service, service) {
      addresses = former.addresses
    } else {
      addresses = AddressText(service.shards)
    }
  }

  /// Mostly the addresses are the very same arrays, which costs a look at each.
  private static func hasSameAddresses(_ one: ServiceSnapshot, _ other: ServiceSnapshot) -> Bool {
    if one.isSame(as: other) { return true }
    return one.shards.withUnsafeBufferPointer { one in
      other.shards.withUnsafeBufferPointer { other in
        one.count == other.count
          && one.indices.allSatisfy { one[$0].shard.addresses == other[$0].shard.addresses }
      }
    }
  }
}

/// The addresses of a service's shards in one piece and in lower case, to be searched.
struct AddressText: Sendable {
  /// A line feed behind each address: no address holds one, and nobody can type one.
  private(set) var bytes: [UInt8] = []
  /// For each shard where its addresses end.
  private(set) var ends: [Int32] = []

  init(_ shards: [ShardSnapshot]) {
    bytes.reserveCapacity(shards.count * 16)
    ends.reserveCapacity(shards.count)
    for index in shards.indices {
      for address in shards[index].shard.addresses {
        for byte in address.utf8 { bytes.append(folded(byte)) }
        bytes.append(UInt8(ascii: "\n"))
      }
      ends.append(Int32(bytes.count))
    }
  }

  /// Where the addresses of a shard stand.
  func range(of shard: Int) -> Range<Int> { (shard == 0 ? 0 : Int(ends[shard - 1]))..<Int(ends[shard]) }
}
