package import Federation
internal import Synchronization

/// A federated service: its shards, its names and what is stopped.
///
/// A value whose content is shared and never changes, so that a picture of a thousand services copies a thousand
/// references, and that it is still the same can be seen at once (``isSame(as:)``).
package struct ServiceSnapshot: Sendable, Hashable {
  private var content: Content

  package init(
    key: ServiceKey, ttl: UInt32, generation: UInt64?, shards: [ShardSnapshot], names: [NameSnapshot], held: [Hold],
    pin: RollbackOrder? = nil, refusals: [String: String] = [:]
  ) {
    self.init(
      key: key, ttl: ttl, generation: generation, shards: shards, names: ListedNames(list: names), held: held, pin: pin,
      refusals: refusals)
  }

  /// A service whose names are made when somebody looks at them.
  package init(
    key: ServiceKey, ttl: UInt32, generation: UInt64?, shards: [ShardSnapshot], names: any NameSource, held: [Hold],
    pin: RollbackOrder? = nil, refusals: [String: String] = [:]
  ) {
    content = Content(
      Fields(
        key: key, ttl: ttl, generation: generation, shards: shards, source: names, held: held, pin: pin,
        refusals: refusals))
  }

  /// Whether it is the very picture that the other one is. Two that are not may still be equal.
  package func isSame(as other: ServiceSnapshot) -> Bool { content === other.content }

  package var key: ServiceKey { content.fields.key }
  /// Seconds.
  package var ttl: UInt32 {
    get { content.fields.ttl }
    set { change { $0.ttl = newValue } }
  }
  /// The generation last committed; nil when nothing is published.
  package var generation: UInt64? {
    get { content.fields.generation }
    set { change { $0.generation = newValue } }
  }
  package var shards: [ShardSnapshot] {
    get { content.fields.shards }
    set { change { $0.shards = newValue } }
  }
  /// Every name, sorted. Made with the first look, where the service has a ``NameSource``.
  package var names: [NameSnapshot] {
    get { content.names }
    set { change { $0.source = ListedNames(list: newValue) } }
  }
  package var held: [Hold] {
    get { content.fields.held }
    set { change { $0.held = newValue } }
  }
  /// The rollback that holds it to an earlier generation.
  package var pin: RollbackOrder? {
    get { content.fields.pin }
    set { change { $0.pin = newValue } }
  }
  /// Clusters that have no shard as the federation wants it, each with the reason in one line.
  package var refusals: [String: String] {
    get { content.fields.refusals }
    set { change { $0.refusals = newValue } }
  }

  private mutating func change(_ edit: (inout Fields) -> Void) {
    var fields = content.fields
    edit(&fields)
    content = Content(fields)
  }

  package static func == (left: ServiceSnapshot, right: ServiceSnapshot) -> Bool {
    if left.content === right.content { return true }
    let (one, two) = (left.content.fields, right.content.fields)
    return one.key == two.key && one.ttl == two.ttl && one.generation == two.generation && one.shards == two.shards
      && one.held == two.held && one.pin == two.pin && one.refusals == two.refusals && left.names == right.names
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(key)
    hasher.combine(generation)
  }
}

extension ServiceSnapshot {
  /// Whether what is published is what the rules want, and nothing is held.
  package var isInStep: Bool { held.isEmpty && namesToChange == 0 }

  /// How many names do not hold what the rules want. Counted once.
  package var namesToChange: Int { content.namesToChange }

  /// The name of one place, without making the others.
  package func name(at level: Level) -> NameSnapshot? { content.name(at: level) }

  /// The names as people read them: the global one, then each region with its zones. Sorted once.
  package var namesByPlace: [NameSnapshot] { content.namesByPlace }
}

extension ServiceSnapshot {
  fileprivate struct Fields: Sendable {
    var key: ServiceKey
    var ttl: UInt32
    var generation: UInt64?
    var shards: [ShardSnapshot]
    var source: any NameSource
    var held: [Hold]
    var pin: RollbackOrder?
    var refusals: [String: String]
  }

  /// What copies share, with what was worked out from it when somebody asked.
  fileprivate final class Content: Sendable {
    let fields: Fields
    private let worked = Mutex(Worked())

    struct Worked {
      var names: [NameSnapshot]?
      var namesByPlace: [NameSnapshot]?
      var namesToChange: Int?
    }

    init(_ fields: Fields) { self.fields = fields }

    var names: [NameSnapshot] { kept(\.names) { fields.source.names() } }
    var namesByPlace: [NameSnapshot] { kept(\.namesByPlace) { names.sorted { rank($0.level) < rank($1.level) } } }
    var namesToChange: Int { kept(\.namesToChange) { fields.source.namesToChange } }
    func name(at level: Level) -> NameSnapshot? { fields.source.name(at: level) }

    private func kept<Value: Sendable>(
      _ place: WritableKeyPath<Worked, Value?>, _ make: () -> Value
    ) -> Value {
      if let known = worked.withLock({ $0[keyPath: place] }) { return known }
      // Made outside the lock: whoever comes at the same time makes the same.
      let value = make()
      worked.withLock { $0[keyPath: place] = value }
      return value
    }

    private func rank(_ level: Level) -> (Int, String, Int, String) {
      switch level {
      case .global: (0, "", 0, "")
      case .region(let region): (1, region, 0, "")
      case .zone(let zone, let region): (1, region, 1, zone)
      }
    }
  }
}
