internal import Federation

extension ControlCore {
  /// What the rules need to know of the world apart from the one service.
  mutating func planningContext(at now: Timestamp) -> PlanningContext {
    var context =
      self.context
      ?? PlanningContext(
        federation: federation,
        clusters: memberNames.compactMap { members[$0] }.filter(\.isPlaced).map(planned),
        limits: limits, cordons: [], hosts: [:], now: now, overrides: [], rules: rules)
    if self.context == nil {
      unplacedMembers = memberNames.filter { name in
        members[name].map { !$0.isPlaced && !$0.isLate } == true && !leaving.contains(name)
      }
      placedMembers = memberNames.enumerated().compactMap { index, name in
        guard let member = members[name], member.isPlaced else { return nil }
        return PlacedMember(index: index, name: name, isWhole: member.facts.isWhole || !rules.contains(.wholeReads))
      }
      self.context = context
    }
    context.now = now
    context.cordons = orders
    context.hosts = hosts
    context.frozen = observerLoss.judge(members: members.count, share: limits.observerLossShare, at: now)
    return context
  }

  /// A member as the rules take it; one that leaves has been withdrawn, so that its names lead on and its addresses go.
  private func planned(_ member: Member) -> Cluster {
    var cluster = member.cluster(under: rules)
    if leaving.contains(member.name) { cluster.condition = .withdrawn }
    return cluster
  }

  /// What was removed in the window that `now` lies in, is on its way out, or may be gone without our having been told.
  mutating func removalWindow(at now: Timestamp) -> RemovalWindow {
    var window = currentLedger(at: now).window
    for taken in inFlight.values { window.add(taken) }
    for commit in doubtful.values { window.add(commit.removals) }
    return window
  }

  /// The ledger of the window that `now` lies in; begins it where the last one is over.
  @discardableResult
  mutating func currentLedger(at now: Timestamp) -> RemovalLedger {
    if let removals, !removals.isOver(at: now) { return removals }
    let published = services.values.reduce(0) { $0 + $1.publishedAddresses.count }
    let ledger = RemovalLedger(published: published, at: now)
    removals = ledger
    return ledger
  }

  /// The shard of a service in each member, in the members' order.
  func shards(of key: ServiceKey) -> [Shard?] {
    memberNames.map { name in members[name]?.facts.shard(of: key, in: name) }
  }

  /// The service as the rules take it: its shards as observed, and those of clusters that have not been seen as they
  /// are published.
  func observed(_ key: ServiceKey, _ entry: ServiceEntry, in context: PlanningContext) -> FederatedService {
    // Absence from a list is no deletion: a service that merely vanished has no shards, and what is published stays.
    let isDeleted = entry.wasDeleted || entry.declaration?.isDeleting == true
    var shards: [Shard] = []
    if !isDeleted, entry.declaration != nil {
      let said = entry.shards ?? self.shards(of: key)
      shards.reserveCapacity(said.count)
      let hasSelector = entry.declaration?.clusters != nil
      for member in placedMembers where !hasSelector || isServing(key, in: member.name) {
        if let shard = member.isWhole ? said[member.index] : remembered(key, entry, in: member.name, context) {
          shards.append(shard)
        }
      }
    }
    var pin = rollback(of: key, at: context.now)?.pin
    // A rollback is about the hierarchy: aliases are as the configuration declares them.
    pin?.records.removeAll { managedNames.inHierarchy($0.name) == nil }
    return FederatedService(
      key: key, ttl: pin?.ttl ?? entry.declaration?.ttl, isDeleted: isDeleted, shards: shards, pin: pin,
      aliases: managedNames.aliases[key] ?? [], withheldAliases: withheldAliases(of: key, entry))
  }

  /// The shard of a cluster that has not been seen since the start: what its zone names hold stands for it.
  private func remembered(
    _ key: ServiceKey, _ entry: ServiceEntry, in cluster: String, _ context: PlanningContext
  ) -> Shard? {
    let places = FederatedService(
      key: key,
      shards: [Shard(cluster: cluster, addresses: [], readyEndpoints: 0, totalEndpoints: 0)])
    var addresses: Set<String> = []
    var isPublished = false
    for (name, level) in context.names(of: places) {
      guard case .zone = level else { continue }
      for set in entry.published where set.recordSet.name == name && set.owner != nil {
        isPublished = true
        if set.recordSet.type != .cname { addresses.formUnion(set.recordSet.values) }
      }
    }
    guard isPublished else { return nil }
    return Shard(
      cluster: cluster, addresses: addresses.sorted(), readyEndpoints: addresses.isEmpty ? 0 : 1,
      totalEndpoints: addresses.isEmpty ? 0 : 1)
  }

  /// The plan of one service, with what the rules stop because of what is not known.
  func plan(_ key: ServiceKey, _ entry: ServiceEntry, in context: PlanningContext, window: RemovalWindow)
    -> (plan: ServicePlan, removals: Removals)
  {
    let service = observed(key, entry, in: context)
    if let foreign = entry.foreignMark, rules.contains(.owned) {
      return stopped(
        service, entry, .owned,
        foreign.hasPrefix("heritage=")
          ? "its names bear somebody else's mark (\(foreign)); remove that mark to hand them over"
          : "its own mark is damaged (\(foreign)): nothing is changed; delete the TXT at \(markName(of: key)?.text ?? "it") "
            + "and what is known to be ours is marked anew")
    }
    if service.isDeleted, let why = unseenAlias(of: entry) { return stopped(service, entry, .noDangling, why) }
    var context = context
    context.overrides = overrides(for: key)
    if !entry.dampings.isEmpty { context.damped = [key: entry.damped(at: context.now)] }
    let (plan, removals) = context.plan(service, published: entry.published, window: window)
    guard !plan.changes.isEmpty else { return (plan, removals) }
    let unplaced = rules.contains(.wholeReads) ? unplacedMembers : []
    if !unplaced.isEmpty, plan.removesAnything {
      return stopped(
        service, entry, .wholeReads,
        "\(unplaced.joined(separator: ", ")) has not been seen and its zone is not configured: nothing is removed until it is",
        verdicts: plan.verdicts)
    }
    return (plan, removals)
  }

  /// What stands at a service's names when no mark says whose it is and all of it is exactly what would be published:
  /// such records are taken over, so that a lost mark mends itself; nil in every other case (rule owned).
  func adopted(
    _ key: ServiceKey, _ entry: ServiceEntry, in context: PlanningContext
  ) -> [PublishedRecordSet]? {
    let hierarchy = entry.published.filter { managedNames.inHierarchy($0.recordSet.name) != nil }
    guard entry.mark == nil, entry.foreignMark == nil, !hierarchy.isEmpty,
      hierarchy.allSatisfy({ $0.owner == nil && $0.recordSet.type != .txt })
    else { return nil }
    let trial = hierarchy.map { PublishedRecordSet(recordSet: $0.recordSet, owner: federation.name) }
    var service = observed(key, entry, in: context)
    let aliases = service.aliases.compactMap { try? context.record(of: $0, ttl: service.ttl) }
    service.aliases = []
    let plan = context.plan(service, published: trial, window: nil).plan
    guard plan.changes.isEmpty, plan.held.isEmpty, plan.records.count == trial.count else { return nil }
    return entry.published.map { set in
      let isWanted = managedNames.inHierarchy(set.recordSet.name) != nil || aliases.contains(set.recordSet)
      return PublishedRecordSet(recordSet: set.recordSet, owner: isWanted ? federation.name : set.owner)
    }
  }

  private func stopped(
    _ service: FederatedService, _ entry: ServiceEntry, _ rule: SafetyRule, _ why: String, verdicts: [Verdict] = []
  ) -> (plan: ServicePlan, removals: Removals) {
    let plan = ServicePlan(
      service: service.key, records: entry.published.filter { $0.owner != nil }.map(\.recordSet), changes: [],
      held: [Hold(rule: rule, service: service.key, name: nil, why: why)], verdicts: verdicts)
    return (plan, Removals())
  }

  /// The rules that the standing orders about a service overrode by name.
  private func overrides(for key: ServiceKey) -> Set<SafetyRule> {
    var rules: Set<SafetyRule> = []
    for record in cordons.values where record.cordon.service == nil || record.cordon.service == key {
      rules.formUnion(record.overrides)
    }
    for (name, order) in rollbacks where order.service == key && !endedRollbacks.contains(name) {
      rules.formUnion(order.overrides)
    }
    return rules
  }

  /// Notes verdicts that changed, and tells of shards that became healthy or ceased to be.
  mutating func noteVerdicts(_ plan: ServicePlan, for key: ServiceKey, at now: Timestamp) {
    for verdict in services[key]?.note(plan.verdicts, limits: limits.flapDamping, at: now) ?? [] {
      log.append(verdict.isHealthy ? .up : .down, "\(verdict.cluster)/\(key)", verdict.reason.sentence, at: now)
    }
    if services[key]?.dampings.isEmpty == false { waiting.insert(key) }
  }

  /// Notes what a rule stopped that it had not stopped before.
  mutating func noteHolds(_ plan: ServicePlan, before: ServicePlan?, at now: Timestamp) {
    for hold in plan.held where before?.held.contains(hold) != true {
      auditHold(hold, at: now)
      log.append(.held, hold.name?.text ?? hold.service.description, "\(hold.rule.rawValue): \(hold.why)", at: now)
    }
  }
}

extension ServicePlan {
  /// Whether a rule keeps the service as a whole as it is, so that its mark is left alone too.
  var isStopped: Bool { held.contains { $0.name == nil && $0.rule != .isolation } }

  /// Whether it takes a record set or a value away.
  var removesAnything: Bool {
    changes.contains { change in
      guard let before = change.before else { return false }
      guard let after = change.after, after.type == before.type else { return true }
      return !Set(before.values).isSubset(of: after.values)
    }
  }
}

extension Cordon {
  /// An order that does not depend on how they are kept.
  var order: String { "\(target) \(service?.description ?? "") \(kind.rawValue)" }
}
