/// The condition of one place as the screen says it: always glyph, letters and colour together.
package enum HealthState: String, Hashable, Sendable, CaseIterable {
  case ok
  /// Serving, but not as it should be: some endpoints or some shards are missing, or a change is held.
  case degraded
  case down
  /// An operator's drain is in force here.
  case drained
  /// An operator's cordon is in force here.
  case cordoned
  /// The cluster does not answer: what is shown is the last that was heard, and it is held.
  case stale
  /// The service has no shard here.
  case absent

  /// Its place among ``allCases``, from 0 to 6.
  var index: Int {
    switch self {
    case .ok: 0
    case .degraded: 1
    case .down: 2
    case .drained: 3
    case .cordoned: 4
    case .stale: 5
    case .absent: 6
    }
  }

  /// At most five letters, readable without colour.
  var letters: String {
    switch self {
    case .ok: "OK"
    case .degraded: "DEG"
    case .down: "DOWN"
    case .drained: "DRN"
    case .cordoned: "CRD"
    case .stale: "STALE"
    case .absent: "NONE"
    }
  }

  /// How urgently a person should look: the greater, the worse.
  var severity: Int {
    switch self {
    case .down: 6
    case .stale: 5
    case .degraded: 4
    case .drained: 3
    case .cordoned: 2
    case .absent: 1
    case .ok: 0
    }
  }

  /// The worst first.
  static let bySeverity = allCases.sorted { $0.severity > $1.severity }

  /// Whether `!` (only unhealthy) leaves it on screen.
  var needsAttention: Bool { self != .ok && self != .absent }

  /// The words by which the filter's `health=` finds it.
  var filterWords: [String] {
    switch self {
    case .ok: ["ok", "up", "healthy"]
    case .degraded: ["degraded", "deg"]
    case .down: ["down"]
    case .drained: ["drained", "drn", "draining"]
    case .cordoned: ["cordoned", "crd"]
    case .stale: ["stale", "unreachable", "held"]
    case .absent: ["none", "absent"]
    }
  }
}
