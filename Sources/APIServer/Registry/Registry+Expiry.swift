import JSON

extension Registry {
  /// How long Events are kept after they were last seen, in seconds.
  package static let eventLifetime: Int64 = 3600

  /// Removes the Events whose time is over, so that a store does not grow for ever.
  ///
  /// Those that claim to come from more than an hour ahead count from their creation.
  package mutating func expireEvents(unixSeconds: Int64) {
    for kind in catalog.kinds where kind.name == "Event" {
      for object in Array(store.objects(of: kind.id)) {
        let times = [["lastTimestamp"], ["eventTime"], ["series", "lastObservedTime"]]
          .compactMap { object.value[at: $0]?.string.flatMap(RFC3339.unixSeconds) }
          .filter { $0 <= unixSeconds + Self.eventLifetime }
        let made = object.value[at: ["metadata", "creationTimestamp"]]?.string.flatMap(RFC3339.unixSeconds) ?? 0
        guard max(made, times.max() ?? 0) + Self.eventLifetime <= unixSeconds else { continue }
        store.remove(kind: kind.id, name: ObjectName(namespace: object.namespace, name: object.name))
      }
    }
  }
}
