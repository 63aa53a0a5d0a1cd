import Federation
import Testing

/// The safety rules as invariants over random worlds with random pasts.
@Suite struct InvariantTests {
  @Test(arguments: 0..<8)
  func rulesHoldInRandomWorlds(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var changes = 0
    for round in 0..<120 {
      var world = World.random(&random)
      for step in 0..<4 {
        if step > 0 { world.age(&random) }
        if random.oneIn(3) { world.disturb(&random) }
        let plan = world.plan()
        changes += plan.services.reduce(0) { $0 + $1.changes.count }
        let broken = brokenRules(world, plan)
        guard broken.isEmpty else {
          Issue.record("seed \(seed) round \(round) step \(step): \(broken)\n\(world)")
          return
        }
        world.apply(plan)
        let again = world.plan()
        guard again.services.allSatisfy(\.changes.isEmpty) else {
          Issue.record(
            "seed \(seed) round \(round) step \(step): not idempotent \(again.services.flatMap(\.changes))\n\(world)")
          return
        }
      }
    }
    #expect(changes > 1_000)
  }

  /// Everything that is wrong with a plan.
  private func brokenRules(_ world: World, _ plan: FederationPlan) -> [String] {
    var broken: [String] = []
    if world.plan() != plan { broken.append("determinism") }
    let start = Zone(world.published)
    let foreign = world.published.filter { $0.owner != "myfederation" }
    var zone = start
    for plan in plan.services {
      let isDeleted = world.services.first { $0.key == plan.service }?.isDeleted ?? false
      let wasDangling = Set(start.sets.keys.filter { start.chain(from: $0) == nil })
      for change in plan.changes {
        let before = zone
        if !zone.apply(change) { broken.append("before of \(change)") }
        if let set = change.before, !world.published.contains(PublishedRecordSet(recordSet: set, owner: "myfederation"))
        {
          if before.sets[set.name]?[set.type] != set || foreign.contains(where: { $0.recordSet == set }) {
            broken.append("owned \(set)")
          }
        }
        if before.answers(change.name), !zone.answers(change.name), !isDeleted {
          broken.append("never-empty \(change)")
        }
        let types = zone.sets[change.name].map { Set($0.keys) } ?? []
        if change.after?.type == .cname, types != [.cname] { broken.append("alias beside others \(change)") }
        for name in zone.sets.keys where zone.chain(from: name) == nil && !wasDangling.contains(name) {
          // An alias that somebody else made to a name of ours is theirs to mend.
          if foreign.contains(where: { $0.recordSet.name == name }) { continue }
          broken.append("dangling \(name.text) after \(change)")
        }
        if change.after?.values.isEmpty == true { broken.append("empty values \(change)") }
      }
      if plan.records.map(\.key) != plan.records.map(\.key).sorted() { broken.append("order of records") }
      broken += brokenUnions(plan, world)
    }
    for entry in foreign where zone.sets[entry.recordSet.name]?[entry.recordSet.type] != entry.recordSet {
      broken.append("foreign \(entry)")
    }
    let ours = Dictionary(grouping: plan.services.flatMap(\.records)) { $0.name }
    for (name, sets) in ours {
      for set in sets where zone.sets[name]?[set.type] != set {
        broken.append("records do not match the state: \(set)")
      }
    }
    for entry in world.published where entry.owner == "myfederation" && entry.recordSet.type != .txt {
      if zone.sets[entry.recordSet.name]?[entry.recordSet.type] != nil,
        ours[entry.recordSet.name]?.contains(where: { $0.type == entry.recordSet.type }) != true
      {
        broken.append("left over \(entry.recordSet)")
      }
    }
    return broken + massChanges(world, zone)
  }

  /// Where nothing is held, a level holds exactly what the levels below it hold.
  private func brokenUnions(_ plan: ServicePlan, _ world: World) -> [String] {
    guard plan.held.isEmpty, world.cordons.isEmpty, !plan.records.isEmpty,
      let service = world.services.first(where: { $0.key == plan.service })
    else { return [] }
    let levels = Dictionary(world.context.names(of: service).map { ($0.name, $0.level) }) { first, _ in first }
    func addresses(_ type: RecordType, _ isIncluded: (Level) -> Bool) -> Set<String> {
      Set(plan.records.filter { $0.type == type && levels[$0.name].map(isIncluded) ?? false }.flatMap(\.values))
    }
    var broken: [String] = []
    for type in [RecordType.a, .aaaa] {
      let whole = addresses(type) { $0 == .global }
      let zones = addresses(type) { if case .zone = $0 { true } else { false } }
      let regions = addresses(type) { if case .region = $0 { true } else { false } }
      if whole != zones || whole != regions { broken.append("union of \(type) in \(plan.service)") }
    }
    if plan.records.contains(where: { $0.type == .cname && levels[$0.name] == .global }) {
      broken.append("global alias")
    }
    return broken
  }

  /// No more than the limits allow is gone, deletions of single services apart.
  private func massChanges(_ world: World, _ zone: Zone) -> [String] {
    var before: Set<String> = []
    var after: Set<String> = []
    for service in world.services where !service.isDeleted {
      let stem = "\(service.key.name).\(service.key.namespace).myfederation.svc."
      func addresses(_ sets: [RecordSet]) -> Set<String> {
        Set(
          sets.filter { $0.type != .cname && $0.type != .txt && $0.name.text.hasPrefix(stem) }.flatMap(\.values).map {
            stem + $0
          })
      }
      before.formUnion(addresses(world.published.filter { $0.owner == "myfederation" }.map(\.recordSet)))
      after.formUnion(addresses(zone.sets.values.flatMap(\.values)))
    }
    let limits = world.limits
    let removed = max(0, before.subtracting(after).count - after.subtracting(before).count)
    let share = Double(removed) / Double(max(1, before.union(after).count))
    return share > limits.healthChangeShare + limits.massChangeShare
      ? ["mass-change \(removed) of \(before.count)"] : []
  }
}
