internal import Federation

extension FederationSnapshot {
  /// What the picture reads as metrics. Labels come from services, clusters and rules, so that their number is that of
  /// what is configured.
  var readings: [MetricReading] { publishedReadings + observedReadings }

  private var publishedReadings: [MetricReading] {
    var sets = MetricReading(.recordSets)
    var addresses = MetricReading(.addresses)
    var generation = MetricReading(.generation)
    var shards = MetricReading(.shards)
    var pinned = MetricReading(.pinned)
    for service in services {
      let key = service.key.description
      for level in ["global", "region", "zone"] {
        let published = service.names.filter { $0.level.word == level }.flatMap(\.published)
        sets.add(Double(published.count), ("service", key), ("level", level))
        let values = Set(published.filter { $0.type != .cname }.flatMap(\.values))
        addresses.add(Double(values.count), ("service", key), ("level", level))
      }
      generation.add(Double(service.generation ?? 0), ("service", key))
      var states: [String: Int] = [:]
      for shard in service.shards {
        states[shard.isServing ? "serving" : shard.verdict.reason.rawValue, default: 0] += 1
      }
      for (state, count) in states.sorted(by: { $0.key < $1.key }) {
        shards.add(Double(count), ("service", key), ("state", state))
      }
      if service.pin != nil { pinned.add(1, ("service", key)) }
    }
    var held = MetricReading(.held)
    var rules: [SafetyRule: Int] = [:]
    for hold in services.flatMap(\.held) { rules[hold.rule, default: 0] += 1 }
    for rule in SafetyRule.allCases { held.add(Double(rules[rule] ?? 0), ("rule", rule.rawValue)) }
    return [sets, addresses, generation, shards, held, pinned]
  }

  private var observedReadings: [MetricReading] {
    var ready = MetricReading(.clusterReady)
    var age = MetricReading(.observationAge)
    for entry in clusters {
      ready.add(entry.cluster.condition == .ready ? 1 : 0, ("cluster", entry.cluster.name))
      if let heard = entry.lastHeard { age.add((time - heard).seconds, ("cluster", entry.cluster.name)) }
    }
    var standing = MetricReading(.orders)
    for kind in Cordon.Kind.allCases {
      standing.add(Double(cordons.filter { $0.kind == kind }.count), ("kind", kind.rawValue))
    }
    return [
      ready, age, standing, MetricReading(.inStep, dns == .inStep), MetricReading(.revision, Double(revision)),
      MetricReading(.leaseHeld, leader == .this),
    ]
  }
}

extension Level {
  fileprivate var word: String {
    switch self {
    case .global: "global"
    case .region: "region"
    case .zone: "zone"
    }
  }
}
