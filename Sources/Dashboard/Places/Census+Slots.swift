import Control
import Federation

extension Census {
  /// The services that have a leaf in a slot, in the order of their rows. Cost: the services.
  func services(at slot: Int32, order: PlaceOrder, sieve: Sieve?) -> [Int] {
    var found: [Int] = []
    var severities: [Int] = []
    for position in byLabel {
      let count = counts[Int(position)]
      guard let leaf = count.shape.leaf(at: slot), sieve?.keeps(Int(position), leaf) ?? true else { continue }
      found.append(Int(position))
      severities.append(count.leaves[leaf].state.severity)
    }
    guard order == .worstFirst else { return found }
    // A pass for each state: nothing to compare, and the order by label stays within it.
    return HealthState.bySeverity.flatMap { state in
      zip(found, severities).filter { $0.1 == state.severity }.map(\.0)
    }
  }
}
