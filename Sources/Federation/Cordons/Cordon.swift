/// An operator's standing order that a scope must not enter DNS (cordon) or must leave DNS now (drain).
package struct Cordon: Hashable, Sendable {
  package var kind: Kind
  package var target: CordonTarget
  /// The one service that the order is about; nil means every service.
  package var service: ServiceKey?
  /// Why, in the operator's words. Never empty in an order that is given.
  package var reason: String
  /// Who gave the order.
  package var holder: String
  package var created: Timestamp
  package var expires: Timestamp

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// What serves goes on serving; nothing new enters.
    case cordon
    /// The scope leaves DNS now.
    case drain
  }

  package init(
    kind: Kind, target: CordonTarget, service: ServiceKey?, reason: String, holder: String, created: Timestamp,
    expires: Timestamp
  ) {
    self.kind = kind
    self.target = target
    self.service = service
    self.reason = reason
    self.holder = holder
    self.created = created
    self.expires = expires
  }
}

extension Cordon {
  /// A drain that nobody gives: what a what-if asks about. It has no reason.
  package static func supposed(
    _ target: CordonTarget, service: ServiceKey?, holder: String, at now: Timestamp
  ) -> Cordon {
    Cordon(
      kind: .drain, target: target, service: service, reason: "", holder: holder, created: now,
      expires: now + .seconds(3_600))
  }
}

/// The scope of a cordon: `zone/us-central1-f`, `region/…`, `cluster/…` or `shard/CLUSTER/NS/NAME`.
package enum CordonTarget: Hashable, Sendable {
  case zone(String)
  case region(String)
  case cluster(String)
  case shard(cluster: String, service: ServiceKey)
}

extension CordonTarget: CustomStringConvertible {
  package var description: String {
    switch self {
    case .zone(let zone): "zone/\(zone)"
    case .region(let region): "region/\(region)"
    case .cluster(let cluster): "cluster/\(cluster)"
    case .shard(let cluster, let service): "shard/\(cluster)/\(service)"
    }
  }
}
