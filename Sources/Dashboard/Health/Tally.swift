/// How many leaves of each state lie below a place, and how many of them serve.
///
/// Without heap storage, because there is one for each place and each service.
struct Tally: Hashable, Sendable {
  /// One lane for each state in the order of ``HealthState/index``; the last counts what serves.
  private var counts = SIMD8<Int32>()

  /// Every leaf but those that are absent.
  var total: Int { leaves - self[.absent] }
  /// Every leaf, of whatever state.
  var leaves: Int { Int(counts.wrappedSum() &- counts[7]) }
  var serving: Int { Int(counts[7]) }

  subscript(state: HealthState) -> Int { Int(counts[state.index]) }

  mutating func add(_ state: HealthState, serves: Bool) {
    counts[state.index] &+= 1
    if serves, state != .absent { counts[7] &+= 1 }
  }

  mutating func remove(_ state: HealthState, serves: Bool) {
    counts[state.index] &-= 1
    if serves, state != .absent { counts[7] &-= 1 }
  }

  mutating func add(_ other: Tally) { counts &+= other.counts }

  /// The state of the whole: never better than its worst serving part, never called down while something serves.
  var rolledUp: HealthState {
    let present = total
    if present == 0 { return .absent }
    for state in HealthState.allCases where state != .absent && self[state] == present { return state }
    if serving > 0 { return .degraded }
    if self[.down] > 0 { return .down }
    if self[.stale] > 0 { return .stale }
    return self[.drained] > 0 ? .drained : .cordoned
  }
}
