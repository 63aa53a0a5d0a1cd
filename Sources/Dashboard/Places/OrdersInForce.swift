import Control
import Federation

/// The cordons and drains of a snapshot, ready to be asked about many shards.
struct OrdersInForce: Sendable {
  /// For each slot the strongest order over every service there.
  private var general: [Cordon.Kind?]
  /// Orders about one service, or about one shard.
  private var particular: [ServiceKey: [Cordon]] = [:]
  private let hasGeneral: Bool

  /// Cost: slots × orders.
  init(_ cordons: [Cordon], over slots: [Slot]) {
    general = Array(repeating: nil, count: slots.count)
    var hasGeneral = false
    for cordon in cordons {
      let about =
        if case .shard(_, let key) = cordon.target { cordon.service ?? key } else { cordon.service }
      if let about {
        particular[about, default: []].append(cordon)
        continue
      }
      hasGeneral = true
      for (number, slot) in slots.enumerated() where Self.covers(cordon.target, slot, nil) {
        general[number] = Self.stronger(general[number], cordon.kind)
      }
    }
    self.hasGeneral = hasGeneral
  }

  /// The orders over one service.
  func orders(of service: ServiceKey) -> OfService {
    OfService(
      general: hasGeneral ? general : nil, particular: particular.isEmpty ? [] : particular[service] ?? [],
      service: service)
  }

  struct OfService {
    fileprivate let general: [Cordon.Kind?]?
    fileprivate let particular: [Cordon]
    fileprivate let service: ServiceKey

    var isEmpty: Bool { general == nil && particular.isEmpty }

    /// The strongest order over its shard in a slot; nil when there is none.
    func kind(at number: Int32, _ slots: [Slot]) -> Cordon.Kind? {
      var found = general.flatMap { Int(number) < $0.count ? $0[Int(number)] : nil }
      for cordon in particular where OrdersInForce.covers(cordon.target, slots[Int(number)], service) {
        found = OrdersInForce.stronger(found, cordon.kind)
      }
      return found
    }
  }

  fileprivate static func stronger(_ one: Cordon.Kind?, _ other: Cordon.Kind) -> Cordon.Kind {
    one == .drain || other == .drain ? .drain : .cordon
  }

  fileprivate static func covers(_ target: CordonTarget, _ slot: Slot, _ service: ServiceKey?) -> Bool {
    switch target {
    case .zone(let zone): zone == slot.zone
    case .region(let region): region == slot.region
    case .cluster(let cluster): cluster == slot.cluster
    case .shard(let cluster, let key): cluster == slot.cluster && key == service
    }
  }
}
