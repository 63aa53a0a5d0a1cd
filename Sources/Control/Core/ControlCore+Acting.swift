package import DNSProviders
package import Federation

/// What the core asks the shell to do next.
package enum Action: Sendable, Hashable {
  /// Commit one service's batch, then report it with ``ControlCore/committed(_:at:)`` or ``ControlCore/failed(_:_:at:)``.
  case commit(Batch)
  /// Read what the provider holds of a service at these names.
  case read(ServiceKey, [DomainName])
}

extension ControlCore {
  /// Plans the next services that wait, until one needs something done; nil when nothing does.
  ///
  /// May be asked for the next action before the last one has ended: nothing more is done about a service whose commit is
  /// on its way, and what commits on their way take out of DNS counts as gone (rule mass-change).
  ///
  /// - Parameter mode: whether this process may write, or only shows what it would.
  package mutating func nextAction(in mode: ControlMode, at now: Timestamp) -> Action? {
    guard isSettled else { return nil }
    let context = planningContext(at: now)
    for _ in 0..<dirty.count {
      guard let key = dirty.next() else { return nil }
      guard var entry = services[key] else { continue }
      if inFlight[key] != nil || entry.retryAt.map({ $0 > now }) == true {
        // It is looked at again when the commit ends or the wait is over.
        continue
      }
      if entry.needsRead { return .read(key, names(of: key)) }
      if entry.shards == nil {
        entry.shards = shards(of: key)
        services[key]?.shards = entry.shards
      }
      if let adopted = adopted(key, entry, in: context) {
        entry.published = adopted
        services[key]?.published = adopted
        log.append(
          .applied, key.description,
          "every record at its names is exactly what would be published, and no mark says whose: they are taken over",
          at: now)
      }
      let (plan, removals) = plan(key, entry, in: context, window: removalWindow(at: now))
      noteVerdicts(plan, for: key, at: now)
      noteHolds(plan, before: entry.plan, at: now)
      services[key]?.plan = plan
      services[key]?.removals = removals
      restless.insert(key)
      services[key]?.snapshot = nil
      revision += 1
      if let batch = batch(for: key, plan, at: now), mode == .lead {
        inFlight[key] = removals
        return .commit(batch)
      }
      if plan.changes.isEmpty { services[key]?.changed = nil }
      if plan.changes.isEmpty { for name in drains.keys { drains[name]?.needsNothing(key) } }
      if services[key]?.isGone == true { services[key] = nil }
    }
    return nil
  }

  /// Takes the news that a batch was committed.
  ///
  /// - Parameter change: what the provider calls the change: it goes on record, and nothing is decided by it.
  package mutating func committed(_ batch: Batch, as change: String? = nil, at now: Timestamp) {
    let key = batch.service
    revision += 1
    providerTrouble = nil
    zoneTaken = nil
    auditCommitted(batch, as: change, at: now)
    let taken = inFlight.removeValue(forKey: key) ?? Removals()
    guard var entry = services[key] else { return }
    var sets: [RecordKey: PublishedRecordSet] = [:]
    for set in entry.published { sets[set.recordSet.key] = set }
    for change in batch.changes {
      if let before = change.before { sets[before.key] = nil }
      if let after = change.after {
        sets[after.key] = PublishedRecordSet(recordSet: after, owner: federation.name)
      }
    }
    entry.published = sets.values.sorted {
      ($0.recordSet.name, $0.recordSet.type) < ($1.recordSet.name, $1.recordSet.type)
    }
    entry.mark = batch.next
    if let mark = batch.next { entry.known.see(entry.published, mark) }
    entry.servers = nil
    entry.backoff = .zero
    entry.retryAt = nil
    currentLedger(at: now)
    removals?.note(taken, of: key, before: services[key]?.publishedAddresses ?? [], after: entry.publishedAddresses)
    services[key] = entry
    for name in drains.keys {
      drains[name]?.committed(key, generation: batch.next?.generation ?? 0, changes: batch.changes, at: now)
    }
    if !rules.contains(.readBack), let next = batch.next {
      receive(.servers(key, generation: next.generation, ServerCount(agreeing: 1, asked: 1)), at: now)
    }
    let generation = batch.next.map { "generation \($0.generation)" } ?? "names removed"
    log.append(.applied, key.description, "\(summary(of: batch.changes)); \(generation)", at: now)
    mark(key)
  }

  /// Takes the news that a batch was not committed: it is read again before anything else is written.
  package mutating func failed(_ batch: Batch, _ error: ProviderError, at now: Timestamp) {
    let key = batch.service
    revision += 1
    zoneTaken = nil
    log.append(.error, key.description, error.description, at: now)
    auditFailed(batch, error, at: now)
    let isAliases = concernsAliasesAlone(batch)
    if !isAliases, error.code == .unreachable || error.code == .unauthorized { providerTrouble = error.description }
    let taken = inFlight.removeValue(forKey: key) ?? Removals()
    if [.unreachable, .incomplete].contains(error.code), !taken.isNone {
      doubtful[key] = DoubtfulCommit(next: batch.next, removals: taken)
    }
    services[key]?.needsRead = true
    if isAliases {
      services[key]?.aliasTrouble = ("the provider did not take it: \(error.description)", now + Self.aliasPause)
      waiting.insert(key)
      mark(key)
    } else {
      delay(key, at: now)
    }
  }

  /// Takes the news that a service could not be read.
  package mutating func failedToRead(_ key: ServiceKey, _ error: ProviderError, at now: Timestamp) {
    receive(.providerFailed(error), at: now)
    delay(key, at: now)
  }

  /// Waits before the next try: 100 ms, doubled each time, at most 30 s.
  private mutating func delay(_ key: ServiceKey, at now: Timestamp) {
    guard var entry = services[key] else { return }
    entry.backoff = min(max(.milliseconds(100), entry.backoff * 2), .seconds(30))
    entry.retryAt = now + entry.backoff
    entry.snapshot = nil
    services[key] = entry
    waiting.insert(key)
  }

  /// Every name of a service that is published or wanted.
  private func names(of key: ServiceKey) -> [DomainName] {
    guard let entry = services[key] else { return [] }
    var names = Set(entry.published.map(\.recordSet.name))
    names.formUnion((entry.plan?.records ?? []).map(\.name))
    names.formUnion((entry.plan?.changes ?? []).map(\.name))
    names.formUnion((entry.mark?.sets ?? []).map(\.name))
    names.formUnion((managedNames.aliases[key] ?? []).map(\.name))
    return names.sorted()
  }

  /// The batch that carries a plan out, fenced by the generation that was read; nil when there is nothing to do.
  private func batch(for key: ServiceKey, _ plan: ServicePlan, at now: Timestamp) -> Batch? {
    guard let entry = services[key], let markName = markName(of: key) else { return nil }
    let takesMark = entry.mark == nil || takesFence(of: entry) || !rules.contains(.idempotent)
    let isDue = !plan.changes.isEmpty || (!plan.records.isEmpty && takesMark && !plan.isStopped)
    guard isDue else { return nil }
    let next = OwnershipMark(
      federation: federation.name, generation: max(entry.mark?.generation ?? 0, entry.known.generation) + 1,
      writer: identity,
      sets: (plan.records.map(\.key) + unreadAliases(listedFor: entry)).sorted(), term: term,
      written: now)
    return Batch(
      service: key, markName: markName, expected: entry.mark, next: plan.records.isEmpty ? nil : next,
      changes: plan.changes, isUrgent: plan.changes.contains(where: \.takesAddressesOut))
  }

  func markName(of key: ServiceKey) -> DomainName? {
    try? OwnershipMark.markName(of: key, in: federation)
  }

  private func summary(of changes: [Change]) -> String {
    if changes.isEmpty { return "the mark was written anew, nothing else changed" }
    guard changes.count == 1, let change = changes.first else { return "\(changes.count) names changed" }
    let side = change.after ?? change.before
    let text = side.map { "\($0.type.rawValue) \($0.values.joined(separator: ", "))" } ?? ""
    return "\(change.action.rawValue) \(change.name): \(text)"
  }
}

/// Whether a controller writes.
package enum ControlMode: Sendable, Hashable {
  /// It applies its plans.
  case lead
  /// It observes, plans and shows; somebody else applies.
  case observe
}
