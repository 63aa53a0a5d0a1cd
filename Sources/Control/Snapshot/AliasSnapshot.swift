package import Federation

/// A declared alias at its stages, and why it is not what it should be.
package struct AliasSnapshot: Sendable, Hashable {
  package var alias: Alias
  /// What the rules want; nil where nothing can be wanted.
  package var desired: RecordSet?
  /// What the provider holds at its name, with whose it is.
  package var published: [PublishedRecordSet] = []
  /// The generation of the service's names.
  package var generation: UInt64?
  /// Why it is not in step; nil when it is.
  package var why: String?

  package init(alias: Alias, generation: UInt64? = nil) {
    self.alias = alias
    self.generation = generation
  }

  /// Whether the alias stands at its name, is ours, and leads where it should.
  package var isInStep: Bool {
    guard let desired, published.count == 1, let set = published.first else { return false }
    return set.owner != nil && set.recordSet == desired
  }
}
