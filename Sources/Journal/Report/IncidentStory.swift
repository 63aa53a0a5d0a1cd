import Control
import Federation

/// What a walk through all pictures of a recording finds.
struct IncidentStory: Sendable {
  struct Outage: Hashable, Sendable {
    var service: ServiceKey
    var cluster: String
    var reason: Verdict.Reason
    var since: Timestamp
    /// Whether it was so in the first picture already.
    var isFromBefore: Bool
    /// Nil when it is still so at the end.
    var until: Timestamp?
  }

  struct NameChange: Hashable, Sendable {
    var time: Timestamp
    var name: DomainName
    var before: [RecordSet]
    var after: [RecordSet]
  }

  struct HoldSeen: Hashable, Sendable {
    var time: Timestamp
    var rule: SafetyRule
    var subject: String
    var why: String
  }

  private struct Shard: Hashable {
    var service: ServiceKey
    var cluster: String
  }

  /// Oldest first, each list.
  private(set) var outages: [Outage] = []
  private(set) var changes: [NameChange] = []
  private(set) var orders: [Cordon] = []
  private(set) var holds: [HoldSeen] = []

  init(_ recording: Recording, until end: Timestamp) {
    var former: FederationSnapshot?
    var open: [Shard: Int] = [:]
    var known = (orders: Set<Cordon>(), holds: Set<String>())
    recording.pictures(until: end) { time, picture in
      let before = Dictionary((former?.services ?? []).map { ($0.key, $0) }) { first, _ in first }
      for service in picture.services where before[service.key] != service {
        follow(service, at: time, isFirst: former == nil, &open)
        if let old = before[service.key] { compare(old, service, at: time) }
      }
      for order in picture.cordons where known.orders.insert(order).inserted { orders.append(order) }
      let held =
        picture.held.map { HoldSeen(time: time, rule: $0.rule, subject: $0.subject, why: $0.why) }
        + picture.services.flatMap { service in
          service.held.map {
            HoldSeen(time: time, rule: $0.rule, subject: $0.name?.text ?? $0.service.description, why: $0.why)
          }
        }
      for hold in held where known.holds.insert("\(hold.rule.rawValue) \(hold.subject) \(hold.why)").inserted {
        holds.append(hold)
      }
      former = picture
    }
  }

  private mutating func follow(
    _ service: ServiceSnapshot, at time: Timestamp, isFirst: Bool, _ open: inout [Shard: Int]
  ) {
    for shard in service.shards {
      let key = Shard(service: service.key, cluster: shard.shard.cluster)
      let reason = shard.verdict.reason
      if let index = open[key], shard.verdict.isHealthy || outages[index].reason != reason {
        outages[index].until = time
        open[key] = nil
      }
      if !shard.verdict.isHealthy, open[key] == nil {
        open[key] = outages.count
        outages.append(
          Outage(service: service.key, cluster: key.cluster, reason: reason, since: time, isFromBefore: isFirst))
      }
    }
  }

  private mutating func compare(_ old: ServiceSnapshot, _ new: ServiceSnapshot, at time: Timestamp) {
    let before = Dictionary(old.names.map { ($0.name, $0.published) }) { first, _ in first }
    for name in new.names where before[name.name, default: []] != name.published {
      changes.append(
        NameChange(time: time, name: name.name, before: before[name.name, default: []], after: name.published))
    }
  }
}
