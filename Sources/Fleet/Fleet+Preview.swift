package import Control
package import Federation

extension Fleet {
  /// What an order would do, by the rules of the real controller.
  ///
  /// Cost: two plans for each service that it is about, a few milliseconds in a thousand clusters. What would happen to
  /// the services is kept, not all of their names.
  package func preview(_ cordon: Cordon, at now: Timestamp) -> DrainPreview {
    var standing = cordons.filter { $0.expires > now }
    standing.removeAll { $0.target == cordon.target && $0.service == cordon.service }
    let context = PlanningContext(
      federation: plan.federation, clusters: clusters.map(\.cluster), limits: .default, cordons: standing, hosts: [:],
      now: now, overrides: [])
    var preview = DrainPreview(
      cordon: cordon, plans: [], affected: [], capacity: [], objections: [], cachesEndAfter: .zero, planHash: "",
      computed: now)
    let about: ServiceKey? = if case .shard(_, let key) = cordon.target { key } else { cordon.service }
    var hash = Hash()
    hash.add("\(cordon.kind.rawValue) \(cordon.target) \(cordon.service?.description ?? "*")")
    for service in services where about == nil || about == service.key {
      // Made for this and forgotten: the service would keep them.
      let names = FleetNames(plan: plan, key: service.key, ttl: service.ttl, shards: service.shards)
      let published = names.names().flatMap(\.published).map {
        PublishedRecordSet(recordSet: $0, owner: plan.federation.name)
      }
      let own = context.assess(
        cordon, services: [FederatedService(key: service.key, shards: service.shards.map(\.shard))],
        published: [service.key: published], window: nil)
      for var servicePlan in own.plans {
        servicePlan.records = []
        servicePlan.verdicts = []
        preview.plans.append(servicePlan)
        // What moves elsewhere meanwhile does not make it another plan.
        for change in servicePlan.changes where concerns(change, cordon.target, service.key) {
          hash.add("\(change.name.text) \(change.action.rawValue) \(change.after?.values.joined(separator: " ") ?? "")")
        }
      }
      preview.affected += own.affected
      preview.capacity += own.capacity.map {
        DrainPreview.Capacity(service: $0.service, level: $0.level, remaining: $0.remaining, total: $0.total)
      }
      preview.objections += own.objections
      preview.cachesEndAfter = max(preview.cachesEndAfter, own.oldTTL)
    }
    preview.planHash = hash.text
    return preview
  }

  private func concerns(_ change: Change, _ target: CordonTarget, _ key: ServiceKey) -> Bool {
    plan.clusters(in: target).contains { index in
      let cluster = plan.clusters[index]
      return change.name == plan.name(of: key, at: .zone(cluster.name, region: cluster.region))
    }
  }

  /// FNV-1a: the same in every run.
  private struct Hash {
    private var value: UInt64 = 0xCBF2_9CE4_8422_2325
    var text: String { String(value, radix: 16) }

    mutating func add(_ text: String) {
      for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    }
  }
}
