/// The plans of all services of a federation at one moment.
package struct FederationPlan: Hashable, Sendable {
  /// One plan a service, sorted by service; services that are published but no longer given among them.
  package var services: [ServicePlan]
  /// What all plans together take away.
  package var removals: RemovalWindow
}

extension PlanningContext {
  /// Plans all services at once; mass-change looks at the sum.
  ///
  /// What is published for a service that is not among `services` stays, and is held: only deletion removes names.
  ///
  /// - Parameter window: what was removed before in the same window.
  package func plan(
    _ services: [FederatedService], published: [ServiceKey: [PublishedRecordSet]], window: RemovalWindow?
  ) -> FederationPlan {
    var known: Set<ServiceKey> = []
    var all = services.filter { known.insert($0.key).inserted }.sorted { $0.key < $1.key }
    let orphans = published.keys.filter { key in
      !known.contains(key) && published[key, default: []].contains { $0.owner == federation.name }
    }
    if !orphans.isEmpty {
      all += orphans.map { FederatedService(key: $0, shards: []) }
      all.sort { $0.key < $1.key }
    }
    var drafts = all.map { draft($0, published[$0.key, default: []]) }
    var pending = RemovalWindow(published: 0)
    if drafts.contains(where: { !$0.removals.isNone }) {
      for (service, draft) in zip(all, drafts) {
        pending.published += publishedCount(draft, published[service.key, default: []])
        pending.add(draft.removals)
      }
      let stopped = (window ?? RemovalWindow(published: 0)).stopped(pending, in: self)
      if !stopped.isEmpty {
        for index in drafts.indices where !drafts[index].removals.isNone {
          let again = stop(drafts[index], stopped, all[index], published[all[index].key, default: []])
          drafts[index] = ServiceDraft(plan: again.plan, removals: again.removals)
        }
        let total = pending.published
        pending = RemovalWindow(published: total)
        for draft in drafts { pending.add(draft.removals) }
      }
    }
    return FederationPlan(services: drafts.map(\.plan), removals: pending)
  }

  /// Sorts a zone's record sets by the service whose names they stand at; what stands elsewhere is in `others`.
  package func grouped(_ published: [PublishedRecordSet]) -> (
    services: [ServiceKey: [PublishedRecordSet]], others: [PublishedRecordSet]
  ) {
    var groups: [Substring: [PublishedRecordSet]] = [:]
    var others: [PublishedRecordSet] = []
    let marker = "\(federation.name).svc."
    for entry in published {
      let text = entry.recordSet.name.text
      let own = text.hasPrefix("_zonetop.") ? text.dropFirst("_zonetop.".count) : text[...]
      if let dot = own.utf8.firstIndex(of: 0x2E),
        let second = own.utf8[own.utf8.index(after: dot)...].firstIndex(of: 0x2E),
        own[own.utf8.index(after: second)...].hasPrefix(marker),
        entry.recordSet.name.isSubdomain(of: federation.domain)
      {
        groups[own[..<second], default: []].append(entry)
      } else {
        others.append(entry)
      }
    }
    var services: [ServiceKey: [PublishedRecordSet]] = [:]
    services.reserveCapacity(groups.count)
    for (stem, entries) in groups {
      let parts = stem.split(separator: "." as Character)
      guard parts.count == 2 else {
        others += entries
        continue
      }
      services[ServiceKey(namespace: String(parts[1]), name: String(parts[0]))] = entries
    }
    return (services, others)
  }
}
