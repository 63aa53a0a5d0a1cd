/// What an order would do, worked out before anything is done.
package struct DrainAssessment: Hashable, Sendable {
  /// The plans that the order changes.
  package var plans: [ServicePlan]
  /// Names that keep their own records but lead to other addresses afterwards.
  package var affected: [DomainName]
  /// Ready endpoints at each level that loses some, and globally.
  package var capacity: [Capacity]
  /// What rules object to; placing the order needs each overridden by name.
  package var objections: [Hold]
  /// The greatest TTL among what is replaced: cached answers end this long after the last server serves the change.
  package var oldTTL: Duration
  /// Identifies what was shown: another world gives another hash, the same one always the same.
  package var planHash: String

  /// Ready endpoints that remain at one level of one service.
  package struct Capacity: Hashable, Sendable {
    package var service: ServiceKey
    package var level: Level
    package var remaining: Int
    package var total: Int
  }
}

extension PlanningContext {
  /// Works out what placing `cordon` now would do to the services.
  ///
  /// - Parameter published: what is published, by service (``grouped(_:)``).
  package func assess(
    _ cordon: Cordon, services: [FederatedService], published: [ServiceKey: [PublishedRecordSet]],
    window: RemovalWindow?
  ) -> DrainAssessment {
    let concerned = services.filter { cordon.service == nil || cordon.service == $0.key }
    var ordered = self
    ordered.cordons.append(cordon)
    let before = plan(services, published: published, window: window).services
    let after = ordered.plan(services, published: published, window: window).services
    var assessment = DrainAssessment(
      plans: [], affected: [], capacity: [], objections: [], oldTTL: .zero, planHash: "")
    var hash = StableHash()
    hash.add("\(cordon.kind.rawValue) \(cordon.target) \(cordon.service?.description ?? "*")")
    for (old, new) in zip(before, after) where old.changes != new.changes || old.held != new.held {
      assessment.plans.append(new)
      assessment.affected += affectedNames(old.records, new.records)
      assessment.objections += new.held.filter { hold in
        (hold.rule == .massChange || hold.rule == .neverEmpty) && !old.held.contains(hold)
      }
      for change in new.changes {
        if let set = change.before { assessment.oldTTL = max(assessment.oldTTL, .seconds(Int64(set.ttl))) }
        hash.add("\(change.action.rawValue) \(text(change.before)) \(text(change.after))")
      }
      for hold in new.held { hash.add("\(hold.rule.rawValue) \(hold.service) \(hold.why)") }
    }
    for service in concerned.sorted(by: { $0.key < $1.key }) {
      let (capacity, zones) = ordered.capacity(of: service, comparedWith: self)
      guard let whole = capacity.first, whole.remaining < whole.total else { continue }
      assessment.capacity += capacity
      guard cordon.kind == .drain, zones < limits.minimumHealthyZones, rules.contains(.minimumHealthyZones),
        !overrides.contains(.minimumHealthyZones)
      else {
        continue
      }
      assessment.objections.append(
        Hold(
          rule: .minimumHealthyZones, service: service.key, name: nil,
          why:
            "\(zones) healthy zones of \(service.key) would remain and safety.minimumHealthyZones asks for \(limits.minimumHealthyZones)"
        ))
    }
    for capacity in assessment.capacity { hash.add("\(capacity.service) \(capacity.level) \(capacity.remaining)") }
    assessment.planHash = hash.text
    return assessment
  }

  private func text(_ set: RecordSet?) -> String {
    set.map { "\($0.name.text) \($0.type.rawValue) \($0.ttl) \($0.values.joined(separator: " "))" } ?? "-"
  }

  /// Aliases that stay as they are and end at other addresses.
  private func affectedNames(_ old: [RecordSet], _ new: [RecordSet]) -> [DomainName] {
    let oldSets = Dictionary(grouping: old, by: \.name)
    let newSets = Dictionary(grouping: new, by: \.name)
    func end(_ name: DomainName, _ sets: [DomainName: [RecordSet]]) -> [RecordSet] {
      var name = name
      for _ in 0..<11 {
        guard let alias = sets[name]?.first(where: { $0.type == .cname }), let target = alias.values.first else {
          break
        }
        name = DomainName(canonical: target)
      }
      return sets[name] ?? []
    }
    return newSets.keys.filter { name in
      newSets[name] == oldSets[name] && newSets[name]?.first?.type == .cname
        && end(name, newSets) != end(name, oldSets)
    }.sorted()
  }

  /// Ready endpoints of the shards that serve, before and after, by level: global first. And the zones that remain.
  private func capacity(of service: FederatedService, comparedWith before: PlanningContext) -> (
    [DrainAssessment.Capacity], healthyZones: Int
  ) {
    var total: [Int: Int] = [:]
    var remaining: [Int: Int] = [:]
    for shard in service.shards {
      guard let place = table.places[shard.cluster], place.refusal == nil else { continue }
      let (resolved, hasUnresolved) = addresses(of: shard)
      guard health(of: shard, at: place, resolved: resolved, hasUnresolved: hasUnresolved) == .healthy else { continue }
      func admitted(_ context: PlanningContext) -> [Int] {
        let zones = place.zones.filter { slot in
          guard case .zone(let zone, _) = table.slots[slot].level else { return false }
          return context.admission(of: service.key, cluster: place.cluster, zone: zone) > .drained
        }
        return zones.isEmpty ? [] : zones + [place.region, NameTable.global]
      }
      for slot in admitted(before) { total[slot, default: 0] += shard.readyEndpoints }
      for slot in admitted(self) { remaining[slot, default: 0] += shard.readyEndpoints }
    }
    let levels = total.keys.sorted().filter { $0 == NameTable.global || total[$0] != remaining[$0] }
    let zones = remaining.keys.count { if case .zone = table.slots[$0].level { true } else { false } }
    return (
      levels.map {
        DrainAssessment.Capacity(
          service: service.key, level: table.slots[$0].level, remaining: remaining[$0] ?? 0, total: total[$0] ?? 0)
      }, zones
    )
  }
}

/// A hash that is the same in every process (FNV-1a, 64 bits, twice with different beginnings): it ties a confirmation to
/// what was shown and guards against accidents, not against forgery.
private struct StableHash {
  private var one: UInt64 = 0xCBF2_9CE4_8422_2325
  private var other: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ text: String) {
    for byte in text.utf8 { mix(byte) }
    mix(0)
  }

  private mutating func mix(_ byte: UInt8) {
    one = (one ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    other = (other ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  var text: String { [one, other].map { String($0, radix: 16) }.joined() }
}
