extension PlanningContext {
  /// Plans one service: what its names should hold and the ordered steps from what is published.
  ///
  /// - Parameters:
  ///   - published: every record set at the service's names and at its mark's name, with its owner; others are ignored.
  ///   - window: what the federation publishes and has removed in the current window (rule mass-change). Without one,
  ///     the service is taken for the whole federation.
  /// - Returns: the plan and what it takes away, for ``RemovalWindow/add(_:)`` once it has been applied.
  package func plan(_ service: FederatedService, published: [PublishedRecordSet], window: RemovalWindow?)
    -> (plan: ServicePlan, removals: Removals)
  {
    let draft = draft(service, published)
    guard !draft.removals.isNone else { return (draft.plan, draft.removals) }
    var pending = RemovalWindow(published: (window?.published ?? 0) == 0 ? publishedCount(draft, published) : 0)
    pending.add(draft.removals)
    let stopped = (window ?? RemovalWindow(published: 0)).stopped(pending, in: self)
    guard !stopped.isEmpty else { return (draft.plan, draft.removals) }
    return stop(draft, stopped, service, published)
  }

  func draft(_ service: FederatedService, _ published: [PublishedRecordSet], retained: Set<String> = []) -> ServiceDraft
  {
    var planner = ServicePlanner(service, in: self, published: published, retained: retained)
    return planner.draft()
  }

  /// The plan again, with the removals that mass-change stops left out and held.
  func stop(
    _ draft: ServiceDraft, _ stopped: StoppedRemovals, _ service: FederatedService, _ published: [PublishedRecordSet]
  ) -> (plan: ServicePlan, removals: Removals) {
    let name = DomainName(canonical: stem(of: service.key) + federation.domain.text)
    func hold(_ why: String) -> Hold { Hold(rule: .massChange, service: service.key, name: name, why: why) }
    if draft.removals.deleted > 0 {
      guard let why = stopped.deleted else { return (draft.plan, draft.removals) }
      var plan = draft.plan
      plan.records = ours(published).sorted { $0.key < $1.key }
      plan.changes = []
      plan.held.append(hold(why))
      return (plan, Removals())
    }
    var retained: Set<String> = []
    var holds: [Hold] = []
    if let why = stopped.reported, draft.removals.reported > 0 {
      retained.formUnion(draft.reported)
      holds.append(hold(why))
    }
    if let why = stopped.vanished, draft.removals.vanished > 0 {
      retained.formUnion(draft.vanished)
      holds.append(hold(why))
    }
    guard !holds.isEmpty else { return (draft.plan, draft.removals) }
    var again = self.draft(service, published, retained: retained)
    again.plan.held += holds
    return (again.plan, again.removals)
  }

  /// Addresses that the service publishes now or would publish after the draft.
  func publishedCount(_ draft: ServiceDraft, _ published: [PublishedRecordSet]) -> Int {
    allAddresses(ours(published)).union(allAddresses(draft.plan.records)).count
  }

  private func ours(_ published: [PublishedRecordSet]) -> [RecordSet] {
    published.filter { $0.owner == federation.name && $0.recordSet.type != .txt }.map(\.recordSet)
  }
}
