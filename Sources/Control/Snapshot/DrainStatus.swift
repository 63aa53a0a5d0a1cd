package import Federation

/// How far a drain has come, as the controller measured it; the order itself is in ``FederationSnapshot/cordons``.
package struct DrainStatus: Sendable, Hashable {
  package var target: CordonTarget
  package var service: ServiceKey?
  /// When the provider acknowledged the last change that the drain caused; nil until then.
  package var accepted: Timestamp?
  /// How many authoritative servers serve it: the fewest over the names that changed.
  package var servers: ServerCount?
  /// When every one of them did; nil until then.
  package var served: Timestamp?
  /// When the last cached answer ends: `served` and the greatest TTL of what was published before; nil until then.
  package var cachesEnd: Timestamp?

  package init(
    target: CordonTarget, service: ServiceKey?, accepted: Timestamp? = nil, servers: ServerCount? = nil,
    served: Timestamp? = nil, cachesEnd: Timestamp? = nil
  ) {
    self.target = target
    self.service = service
    self.accepted = accepted
    self.servers = servers
    self.served = served
    self.cachesEnd = cachesEnd
  }
}
