/// The TXT record by which one service's hierarchy is known as ours, and fenced.
///
/// It stands at ``markName(of:in:)``, never beside a published record, and lists the record sets it covers: a set at
/// a managed name that no mark lists is somebody else's.
package struct OwnershipMark: Hashable, Sendable {
  /// The federation that owns the names.
  package var federation: String
  /// Grows by one with every commit; a commit must name the one before (rule fenced).
  package var generation: UInt64
  /// Who committed: an identity for people, e.g. `host-7/4711`.
  package var writer: String
  /// The record sets that belong to the federation, sorted by name and type.
  package var sets: [RecordKey]
  /// The writer's term of office (rule single-writer); nil where no lease was kept.
  package var term: UInt64?
  /// When it was written, by the writer's clock, in whole seconds: shown, and nothing is decided by it.
  package var written: Timestamp?

  package init(
    federation: String, generation: UInt64, writer: String, sets: [RecordKey], term: UInt64? = nil,
    written: Timestamp? = nil
  ) {
    self.federation = federation
    self.generation = generation
    self.writer = writer
    self.sets = sets
    self.term = term
    self.written = written.map { Timestamp(seconds: $0.nanoseconds / 1_000_000_000) }
  }
}
