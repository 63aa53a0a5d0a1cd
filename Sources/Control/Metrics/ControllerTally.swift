internal import Federation

/// What the controller has counted since it began; a value within the actor.
struct ControllerTally: Sendable {
  private var probes: [String: [String: Int]] = [:]
  private(set) var zoneRead: Timestamp?
  /// When each loop last came round.
  private(set) var beats: [ControllerLoop: Timestamp] = [:]

  mutating func beat(_ loop: ControllerLoop, at now: Timestamp) { beats[loop] = now }

  mutating func note(_ observation: Observation, at now: Timestamp) {
    switch observation {
    case .cluster(let name, .probe(let result)):
      let word =
        switch result {
        case .ready: "ready"
        case .notReady: "not_ready"
        case .unreachable: "unreachable"
        }
      probes[name, default: [:]][word, default: 0] += 1
    case .zone: zoneRead = now
    default: break
    }
  }

  func readings(at now: Timestamp) -> [MetricReading] {
    var probed = MetricReading(.probes)
    for (cluster, results) in probes.sorted(by: { $0.key < $1.key }) {
      for (result, count) in results.sorted(by: { $0.key < $1.key }) {
        probed.add(Double(count), ("cluster", cluster), ("result", result))
      }
    }
    var loops = MetricReading(.loopAge)
    for (loop, beat) in beats.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      loops.add((now - beat).seconds, ("loop", loop.rawValue))
    }
    return [probed, MetricReading(.providerAge, zoneRead.map { (now - $0).seconds }), loops]
  }
}

/// The loops of the controller that must come round for it to be alive.
enum ControllerLoop: String, Sendable, CaseIterable {
  case apply, poll, snapshots, time

  /// How long one round may take before something is stuck: a provider's own time limits, with room.
  var patience: Duration {
    switch self {
    case .apply, .poll: .seconds(180)
    case .snapshots, .time: .seconds(30)
    }
  }
}
