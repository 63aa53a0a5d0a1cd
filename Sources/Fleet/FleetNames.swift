import Control
import Federation

/// The names of a service in a fleet: what its shards make of them, worked out for the name that is looked at.
///
/// A zone without a serving shard is an alias of its region, a region without one an alias of the global name.
struct FleetNames: NameSource {
  let plan: FleetPlan
  let key: ServiceKey
  let ttl: UInt32
  /// One in each cluster, in the order of the plan.
  let shards: [ShardSnapshot]

  func names() -> [NameSnapshot] {
    let levels =
      [Level.global] + plan.regions.keys.map { .region($0) }
      + plan.clusters.map { .zone($0.name, region: $0.region) }
    let isSettled = changes.isEmpty
    return levels.compactMap { name(at: $0, isSettled: isSettled) }.sorted { $0.name < $1.name }
  }

  func name(at level: Level) -> NameSnapshot? { name(at: level, isSettled: changes.isEmpty) }

  private func name(at level: Level, isSettled: Bool) -> NameSnapshot? {
    guard clusters(of: level) != nil else { return nil }
    let published = sets(level) { $0.isServing }
    let desired = isSettled ? published : sets(level) { $0.isWanted }
    return NameSnapshot(
      name: plan.name(of: key, at: level), level: level, desired: desired == published ? published : desired,
      published: published, servers: ServerCount(agreeing: 2, asked: 2))
  }

  var namesToChange: Int {
    let regions = Set(changes.map { shards[$0].region })
    guard !regions.isEmpty else { return 0 }
    let levels =
      [Level.global] + regions.map { .region($0) }
      + regions.flatMap { region in
        plan.regions[region, default: 0..<0].map { Level.zone(plan.clusters[$0].name, region: region) }
      }
    return levels.compactMap(name).count { !$0.isInStep }
  }

  /// The shards that are to enter or to leave.
  var changes: [Int] { shards.indices.filter { shards[$0].isWanted != shards[$0].isServing } }

  private func clusters(of level: Level) -> Range<Int>? {
    switch level {
    case .global: plan.clusters.indices
    case .region(let region): plan.regions[region]
    case .zone(let zone, let region):
      plan.indexes[zone].flatMap { plan.clusters[$0].region == region ? $0..<$0 + 1 : nil }
    }
  }

  private func sets(_ level: Level, where serves: (borrowing ShardSnapshot) -> Bool) -> [RecordSet] {
    let name = plan.name(of: key, at: level)
    func has(_ level: Level) -> Bool { clusters(of: level)?.contains { serves(shards[$0]) } ?? false }
    let here = (clusters(of: level) ?? 0..<0).filter { serves(shards[$0]) }
    if !here.isEmpty {
      return [RecordSet(name: name, type: .a, ttl: ttl, values: here.flatMap { shards[$0].shard.addresses })]
    }
    let target: Level
    switch level {
    case .global: return []
    case .zone(_, let region) where has(.region(region)): target = .region(region)
    case .zone, .region: target = .global
    }
    return [RecordSet(name: name, type: .cname, ttl: ttl, values: [plan.name(of: key, at: target).text])]
  }
}

extension ShardSnapshot {
  /// Whether the rules want it in DNS: what cannot be seen is held as it is.
  var isWanted: Bool {
    switch verdict.reason {
    case .healthy: true
    case .clusterUnreachable, .cordoned: isServing
    default: false
    }
  }
}
