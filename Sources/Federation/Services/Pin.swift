/// The record sets of an earlier generation, to which an order holds a service until it ends: a rollback.
///
/// It decides which addresses each name holds. Names and aliases, the order of changes and every rule are as always.
package struct Pin: Hashable, Sendable {
  /// The generation that is brought back.
  package var generation: UInt64
  /// What was published then.
  package var records: [RecordSet]
  /// Whether its holder wants addresses back that are known not to serve (rule known-dead overridden).
  package var bringsBackDead: Bool

  package init(generation: UInt64, records: [RecordSet], bringsBackDead: Bool = false) {
    self.generation = generation
    self.records = records
    self.bringsBackDead = bringsBackDead
  }

  /// The TTL of that generation, in seconds.
  package var ttl: UInt32? { records.map(\.ttl).min() }
}
