import Control
import Federation

/// Which of all leaves a filter keeps: one bit a leaf, and how many are kept in each slot.
struct Sieve: Sendable {
  let filter: Filter
  /// How many leaves are kept in each slot.
  private(set) var kept: [Int32]
  private var bits: [[UInt64]]

  /// Looks at every leaf once: what services and places have in common is looked at once for all of theirs.
  init(_ filter: Filter, over census: Census) {
    self.filter = filter
    kept = Array(repeating: 0, count: census.table.slots.count)
    bits = []
    bits.reserveCapacity(census.counts.count)
    let scan = FilterScan(filter, slots: census.table.slots)
    for count in census.counts {
      let own = scan.bits(of: count)
      tell(own, of: count.shape, by: 1)
      bits.append(own)
    }
  }

  /// Looks again at services that have changed, which stand where they stood.
  mutating func look(at changed: [Int], in census: Census, shapes: [Shape]) {
    let missing = census.table.slots.count - kept.count
    if missing > 0 { kept += Array(repeating: 0, count: missing) }
    let scan = FilterScan(filter, slots: census.table.slots)
    for (position, former) in zip(changed, shapes) {
      tell(bits[position], of: former, by: -1)
      bits[position] = scan.bits(of: census.counts[position])
      tell(bits[position], of: census.counts[position].shape, by: 1)
    }
  }

  func keeps(_ position: Int, _ leaf: Int) -> Bool { bits[position][leaf >> 6] & (1 << UInt64(leaf & 63)) != 0 }

  private mutating func tell(_ bits: [UInt64], of shape: Shape, by step: Int32) {
    for (index, word) in bits.enumerated() {
      var rest = word
      while rest != 0 {
        kept[Int(shape.slots[index << 6 + rest.trailingZeroBitCount])] += step
        rest &= rest - 1
      }
    }
  }
}

/// A filter made ready for many leaves.
struct FilterScan {
  private let filter: Filter
  private let terms: [ReadyTerm]
  private let attention: [Bool]

  private struct ReadyTerm {
    let term: Filter.Term
    let bySlot: [Bool]
    let byState: [Bool]
  }

  init(_ filter: Filter, slots: [Slot]) {
    self.filter = filter
    attention = HealthState.allCases.map(\.needsAttention)
    terms = filter.terms.map { term in
      ReadyTerm(
        term: term, bySlot: slots.map { term.holds(inRegion: $0.region, zone: $0.zone, cluster: $0.cluster) },
        byState: HealthState.allCases.map { term.holds(for: $0) })
    }
  }

  /// The leaves of a service that the filter keeps.
  func bits(of count: ServiceCount) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (count.leaves.count + 63) >> 6)
    for leaf in count.leaves.indices where !filter.onlyUnhealthy || attention[count.leaves[leaf].state.index] {
      bits[leaf >> 6] |= 1 << UInt64(leaf & 63)
    }
    let label = count.service.key.description
    for term in terms { narrow(&bits, term, count, label) }
    return bits
  }

  private func narrow(_ bits: inout [UInt64], _ ready: ReadyTerm, _ count: ServiceCount, _ label: String) {
    let isNegated = ready.term.isNegated
    if ready.term.holds(forService: label) {
      if isNegated { for index in bits.indices { bits[index] = 0 } }
      return
    }
    count.addresses.bytes.withUnsafeBufferPointer { bytes in
      // Mostly no address of the service is meant, and one look at all of them says so.
      let looks = ready.term.looksAtAddresses && mayHold(ready.term, bytes)
      for index in bits.indices {
        var rest = bits[index]
        while rest != 0 {
          let bit = rest.trailingZeroBitCount
          rest &= rest - 1
          let leaf = index << 6 + bit
          let holds =
            ready.bySlot[Int(count.shape.slots[leaf])] || ready.byState[count.leaves[leaf].state.index]
            || looks && ready.term.holds(in: bytes, count.addresses.range(of: Int(count.shape.shards[leaf])))
          if holds == isNegated { bits[index] &= ~(1 << UInt64(bit)) }
        }
      }
    }
  }

  private func mayHold(_ term: Filter.Term, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if case .pattern = term.test { return true }
    return term.holds(in: bytes, bytes.indices)
  }
}
