package import Federation

/// Whose shards the tree shows.
package enum Scope: Hashable, Sendable {
  case service(ServiceKey)
  case everything
}
