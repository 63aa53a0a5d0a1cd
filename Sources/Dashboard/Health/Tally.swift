/// How many leaves of each state lie below a place, and how many of them serve.
struct Tally: Hashable, Sendable {
  private var counts: [Int] = Array(repeating: 0, count: HealthState.allCases.count)
  private(set) var serving = 0
  private(set) var total = 0

  subscript(state: HealthState) -> Int { counts[Self.index(of: state)] }

  mutating func add(_ state: HealthState, serves: Bool) {
    counts[Self.index(of: state)] += 1
    guard state != .absent else { return }
    total += 1
    if serves { serving += 1 }
  }

  mutating func add(_ other: Tally) {
    for index in counts.indices { counts[index] += other.counts[index] }
    serving += other.serving
    total += other.total
  }

  /// The state of the whole: never better than its worst serving part, never called down while something serves.
  var rolledUp: HealthState {
    let present = counts.reduce(0, +) - self[.absent]
    if present == 0 { return .absent }
    for state in HealthState.allCases where state != .absent && self[state] == present { return state }
    if serving > 0 { return .degraded }
    if self[.down] > 0 { return .down }
    if self[.stale] > 0 { return .stale }
    return self[.drained] > 0 ? .drained : .cordoned
  }

  private static func index(of state: HealthState) -> Int {
    switch state {
    case .ok: 0
    case .degraded: 1
    case .down: 2
    case .drained: 3
    case .cordoned: 4
    case .stale: 5
    case .absent: 6
    }
  }
}
