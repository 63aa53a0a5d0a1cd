import Control
import Federation

@testable import Dashboard

extension SampleWorld {
  /// What giving or ending orders would do in the seed world, by the sets that its names would hold.
  static func preview(
    _ change: OrderChange, hash: String = "9f31c0de", objections: [Hold] = [], waits: [Hold] = [],
    nearby: [Cordon] = [], at time: Timestamp = now
  ) -> DrainPreview {
    let out = Set(change.cordons.flatMap { zones(of: $0.target) })
    let (full, rest) = (records(without: []), records(without: out))
    let (before, after) = change.isLifting ? (rest, full) : (full, rest)
    let changes = zip(before, after).flatMap { old, new -> [Change] in
      if old == new { return [] }
      if old.type == new.type { return [Change(action: .replace, name: new.name, before: old, after: new)] }
      return [
        Change(action: .delete, name: old.name, before: old, after: nil),
        Change(action: .create, name: new.name, before: nil, after: new),
      ]
    }
    let plan = ServicePlan(service: nginx, records: after, changes: changes, held: [], verdicts: [])
    return DrainPreview(
      change: change, plans: [plan], affected: plan.affected, capacity: capacity(change, out),
      shards: out.count { healthy[$0] != nil }, objections: objections, waits: waits, nearby: nearby,
      returns: change.isLifting
        ? out.sorted().map {
          DrainPreview.Return(service: nginx, cluster: $0, why: healthy[$0] == nil ? "no ready endpoints" : nil)
        } : [],
      cachesEndAfter: .seconds(180), planHash: hash, computed: time)
  }

  /// The zones, which are the clusters too, of a scope.
  private static func zones(of target: CordonTarget) -> [String] {
    switch target {
    case .zone(let name), .cluster(let name), .shard(let name, _): [name]
    case .region(let name): regions.first { $0.name == name }?.zones.map { "\(name)-\($0)" } ?? []
    }
  }

  /// The sets of nginx, one a name, while some zones are out.
  private static func records(without out: Set<String>) -> [RecordSet] {
    func set(_ label: String?, _ zones: [String], up: String?) -> RecordSet {
      let values = zones.filter { !out.contains($0) }.compactMap { healthy[$0] }
      return values.isEmpty
        ? RecordSet(name: name(label), type: .cname, ttl: 180, values: [name(up).text])
        : RecordSet(name: name(label), type: .a, ttl: 180, values: values)
    }
    return [set(nil, healthy.keys.sorted(), up: nil)]
      + regions.flatMap { region -> [RecordSet] in
        let zones = region.zones.map { "\(region.name)-\($0)" }
        return [set(region.name, zones, up: nil)] + zones.map { set($0, [$0], up: region.name) }
      }
  }

  /// Three ready endpoints a healthy zone, as for the last two minutes.
  private static func capacity(_ change: OrderChange, _ out: Set<String>) -> [DrainPreview.Capacity] {
    func level(_ level: Level, _ zones: [String]) -> DrainPreview.Capacity? {
      let total = zones.count { healthy[$0] != nil } * 3
      let rest = zones.count { healthy[$0] != nil && !out.contains($0) } * 3
      guard total != rest || level == .global else { return nil }
      let (before, after) = change.isLifting ? (rest, total) : (total, rest)
      return DrainPreview.Capacity(
        service: nginx, level: level, remaining: after, total: before,
        peak: .init(ready: before, span: .seconds(120)))
    }
    let places = regions.map { region in (region.name, region.zones.map { "\(region.name)-\($0)" }) }
    return [level(.global, places.flatMap(\.1))].compactMap { $0 }
      + places.compactMap { level(.region($0), $1) }
      + places.flatMap { region, zones in zones.compactMap { level(.zone($0, region: region), [$0]) } }
  }
}
