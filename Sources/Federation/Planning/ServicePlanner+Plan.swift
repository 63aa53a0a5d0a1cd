/// A plan and what it takes away, before mass-change has looked at it.
struct ServiceDraft {
  var plan: ServicePlan
  var removals = Removals()
  /// The addresses that go, by why.
  var reported: Set<String> = []
  var vanished: Set<String> = []
}

extension ServicePlanner {
  /// The plan as all rules but mass-change make it.
  mutating func draft() -> ServiceDraft {
    if let refusal = context.refusal(of: service.key) {
      hold(.isolation, nil, refusal)
      guard service.isDeleted else { return ServiceDraft(plan: kept()) }
    }
    judge()
    if let pin = service.pin, !service.isDeleted { hold(to: pin) }
    if let frozen = context.frozen, context.rules.contains(.failStatic) {
      hold(.failStatic, nil, frozen)
      return ServiceDraft(plan: kept())
    }
    if let foreignMark {
      hold(.owned, nil, "\(foreignMark) marks the service as somebody else's: nothing of it is changed")
      return ServiceDraft(plan: kept())
    }
    if service.isDeleted { return deletion() }
    if isSpoilt { return ServiceDraft(plan: kept()) }
    guard settle() else { return ServiceDraft(plan: kept()) }
    settleAliases()
    var draft = ServiceDraft(
      plan: ServicePlan(service: service.key, records: records(), changes: changes, held: held, verdicts: verdicts))
    if !changes.isEmpty { account(&draft) }
    return draft
  }

  private mutating func deletion() -> ServiceDraft {
    let sets =
      before.flatMap(\.sets) + strays.sorted { $0.name < $1.name }.flatMap(\.state.sets) + aliases.flatMap(\.state.sets)
    for slot in before.indices {
      guard let foreign = before[slot].foreign.first, used[slot] || !before[slot].isEmpty else { continue }
      let values = cleanText(foreign.values.joined(separator: " "), limit: 60)
      hold(.owned, name(slot), "\(foreign.type.rawValue) \(values) is somebody else's: it is left alone")
    }
    let changes = deletionOrder(sets.reversed()).map { Change(action: .delete, name: $0.name, before: $0, after: nil) }
    var draft = ServiceDraft(
      plan: ServicePlan(service: service.key, records: [], changes: changes, held: held, verdicts: verdicts))
    draft.removals.deleted = publishedAddresses.count
    return draft
  }

  /// All of ours once the plan is applied, in the order of names and types.
  private func records() -> [RecordSet] {
    var records: [RecordSet] = []
    records.reserveCapacity(used.count)
    for slot in context.table.sorted where used[slot] {
      let state = after[slot]
      if let set = state.a { records.append(set) }
      if let set = state.aaaa { records.append(set) }
      if let set = state.cname { records.append(set) }
    }
    guard !strays.isEmpty || !aliases.isEmpty else { return records }
    return (records + strays.flatMap(\.state.sets) + aliases.flatMap(\.state.sets)).sorted { $0.key < $1.key }
  }

  /// Counts the published addresses that the draft takes away from the whole service, by why they go.
  private mutating func account(_ draft: inout ServiceDraft) {
    var candidates: Set<String> = []
    for change in changes {
      guard let before = change.before, before.type != .cname else { continue }
      guard let after = change.after, after.type == before.type else {
        candidates.formUnion(before.values)
        continue
      }
      if before.values != after.values { candidates.formUnion(Set(before.values).subtracting(after.values)) }
    }
    guard !candidates.isEmpty else { return }
    let sets = draft.plan.records
    candidates = candidates.filter { address in
      !sets.contains { $0.type != .cname && $0.values.contains(address) }
    }
    guard !candidates.isEmpty else { return }
    var reasons: [String: Verdict.Reason] = [:]
    var listed: Set<String> = []
    for shard in service.shards {
      for address in context.addresses(of: shard).resolved where candidates.contains(address) {
        if shard.isListed { listed.insert(address) }
        guard reasons[address] != .noReadyEndpoints else { continue }
        reasons[address] = verdicts.first { $0.cluster == shard.cluster }?.reason
      }
    }
    var unexplained: Set<String> = []
    for address in candidates {
      switch reasons[address] {
      case .noReadyEndpoints where !listed.contains(address): draft.vanished.insert(address)
      case .noReadyEndpoints, .clusterNotReady: draft.reported.insert(address)
      case nil: unexplained.insert(address)
      default: draft.vanished.insert(address)
      }
    }
    // An address that its shard exchanged for another has not vanished.
    let added = unexplained.isEmpty ? 0 : allAddresses(sets).subtracting(publishedAddresses).count
    draft.removals.reported = draft.reported.count
    draft.removals.vanished = draft.vanished.count + max(0, unexplained.count - added)
    if unexplained.count > added { draft.vanished.formUnion(unexplained) }
  }
}
