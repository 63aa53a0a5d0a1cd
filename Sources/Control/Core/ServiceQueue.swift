internal import Federation

/// The services that wait to be planned, each once: first those that a cluster or an operator has just spoken of, then
/// the others, each first come first served.
///
/// A provider that takes five requests a second is not to repair hundreds of names before a shard that died leaves them.
struct ServiceQueue: Sendable, Hashable {
  private var urgent = Lane()
  private var ordinary = Lane()
  /// Those that wait, each with whether it is among the urgent ones.
  private var waiting: [ServiceKey: Bool] = [:]

  /// Services in order; those that do not wait any more are passed over when their turn comes.
  private struct Lane: Sendable, Hashable {
    var order: [ServiceKey] = []
    var head = 0

    mutating func next() -> ServiceKey? {
      guard head < order.count else { return nil }
      let key = order[head]
      head += 1
      if head == order.count { clear() }
      return key
    }

    mutating func clear() {
      order.removeAll(keepingCapacity: true)
      head = 0
    }
  }

  var count: Int { waiting.count }

  mutating func add(_ key: ServiceKey, isUrgent: Bool = false) {
    let before = waiting[key]
    if isUrgent, before != true {
      // It may wait among the others already: the first of its turns is the one that counts.
      waiting[key] = true
      urgent.order.append(key)
    } else if before == nil {
      waiting[key] = false
      ordinary.order.append(key)
    }
  }

  mutating func next() -> ServiceKey? {
    while let key = urgent.next() ?? ordinary.next() {
      guard waiting.removeValue(forKey: key) != nil else { continue }
      if waiting.isEmpty { ordinary.clear() }
      return key
    }
    return nil
  }
}
