package import Control
package import Federation

extension Fleet {
  /// What giving or ending orders would do, by the rules of the real controller.
  ///
  /// Cost: two plans for each service that they are about, a few milliseconds in a thousand clusters. What would happen to
  /// the services is kept, not all of their names.
  package func preview(_ order: OrderChange, at now: Timestamp) -> DrainPreview {
    let standing = cordons.filter { $0.expires > now }
    let context = PlanningContext(
      federation: plan.federation, clusters: clusters.map(\.cluster), limits: .default, cordons: standing, hosts: [:],
      now: now, overrides: [])
    var preview = DrainPreview(
      change: order, plans: [], affected: [], capacity: [], shards: 0, objections: [], cachesEndAfter: .zero,
      planHash: "", computed: now)
    var hash = Hash()
    for cordon in order.cordons {
      hash.add("\(cordon.kind.rawValue) \(cordon.target) \(cordon.service?.description ?? "*")")
    }
    let about = Set(order.cordons.flatMap { plan.clusters(in: $0.target) }).map { plan.clusters[$0] }
    for service in services where order.concerns(service.key) {
      // Made for this and forgotten: the service would keep them.
      let names = FleetNames(plan: plan, key: service.key, ttl: service.ttl, shards: service.shards)
      let published = names.names().flatMap(\.published).map {
        PublishedRecordSet(recordSet: $0, owner: plan.federation.name)
      }
      let own = context.assess(
        order, services: [FederatedService(key: service.key, shards: service.shards.map(\.shard))],
        published: [service.key: published], window: nil)
      for var servicePlan in own.plans {
        servicePlan.records = []
        servicePlan.verdicts = []
        preview.plans.append(servicePlan)
        // What moves elsewhere meanwhile does not make it another plan.
        let names = Set(about.map { plan.name(of: service.key, at: .zone($0.name, region: $0.region)) })
        for change in servicePlan.changes where names.contains(change.name) {
          hash.add("\(change.name.text) \(change.action.rawValue) \(change.after?.values.joined(separator: " ") ?? "")")
        }
      }
      preview.affected += own.affected
      preview.capacity += own.capacity.map {
        DrainPreview.Capacity(service: $0.service, level: $0.level, remaining: $0.remaining, total: $0.total)
      }
      preview.shards += own.shards
      preview.objections += own.objections
      preview.waits += own.waits
      preview.cachesEndAfter = max(preview.cachesEndAfter, own.oldTTL)
    }
    preview.planHash = hash.text
    return preview
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
