/// Published addresses of one service that a plan takes away, by why they go (rule mass-change).
package struct Removals: Hashable, Sendable {
  /// What reachable clusters themselves report: no endpoint ready, or not ready.
  package var reported = 0
  /// What vanished (a cluster, an address, an empty list) or was ordered out.
  package var vanished = 0
  /// What goes because the service was deleted.
  package var deleted = 0

  package init() {}

  package var isNone: Bool { reported == 0 && vanished == 0 && deleted == 0 }
}
