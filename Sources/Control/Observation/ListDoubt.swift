internal import Federation

/// What a cluster had when a list came without any of it (rule whole-reads): kept as it was until there is a second sign.
///
/// A cluster does not lose everything between two lists; a cache that was just started, a proxy or an etcd that was
/// restored to nothing says the same.
struct ListDoubt: Sendable, Hashable {
  /// When the first such list came.
  let since: Timestamp
  var services: Set<ServiceKey> = []
  /// Endpoint objects by service, by name.
  var endpoints: [ServiceKey: Set<String>] = [:]

  var isOver: Bool { services.isEmpty && endpoints.isEmpty }

  /// The services that it is about.
  var count: Int { services.union(endpoints.keys).count }
}
