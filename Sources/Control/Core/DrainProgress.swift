internal import Federation

/// How far one drain has come, from the commits that carried it out and what the name servers said of them.
struct DrainProgress: Sendable {
  /// Services that have not been planned with the order yet.
  private var waiting: Set<ServiceKey>
  /// The commits that it caused.
  private var commits: [ServiceKey: Commit] = [:]
  private var accepted: Timestamp?
  /// The greatest TTL, in seconds, of what was published before.
  private var oldTTL: UInt32 = 0

  private struct Commit: Sendable {
    var generation: UInt64
    var servers: ServerCount?
    var served: Timestamp?
  }

  init(waiting: Set<ServiceKey>) { self.waiting = waiting }

  /// Whether every service concerned was planned with the order in force.
  var isPlanned: Bool { waiting.isEmpty }

  /// A service was planned with the order in force, and nothing had to change.
  mutating func needsNothing(_ service: ServiceKey) { waiting.remove(service) }

  mutating func committed(_ service: ServiceKey, generation: UInt64, changes: [Change], at now: Timestamp) {
    guard waiting.remove(service) != nil else { return }
    commits[service] = Commit(generation: generation)
    accepted = now
    oldTTL = max(oldTTL, changes.compactMap(\.before?.ttl).max() ?? 0)
  }

  mutating func servers(_ count: ServerCount, of service: ServiceKey, generation: UInt64, at now: Timestamp) {
    guard var commit = commits[service], generation >= commit.generation else { return }
    commit.servers = count
    if count.agreeing == count.asked, commit.served == nil { commit.served = now }
    commits[service] = commit
  }

  /// What a screen is told; nil while, or when, the order caused no commit here.
  func status(of cordon: Cordon) -> DrainStatus? {
    guard let accepted, waiting.isEmpty else { return nil }
    let served = commits.values.allSatisfy { $0.served != nil } ? commits.values.compactMap(\.served).max() : nil
    return DrainStatus(
      target: cordon.target, service: cordon.service, accepted: accepted,
      servers: commits.values.compactMap(\.servers).min { $0.agreeing < $1.agreeing }, served: served,
      cachesEnd: served.map { $0 + .seconds(Int64(oldTTL)) })
  }
}
