internal import Federation

/// The record sets of one service that this process knows to be ours, from the last mark that it has read or written.
struct KnownRecords: Sendable, Hashable {
  private(set) var generation: UInt64 = 0
  private var sets: [RecordKey: RecordSet] = [:]

  init() {}

  /// Takes what stands under a mark of ours.
  mutating func see(_ published: [PublishedRecordSet], _ mark: OwnershipMark) {
    generation = max(generation, mark.generation)
    sets = [:]
    for entry in published where entry.owner == mark.federation { sets[entry.recordSet.key] = entry.recordSet }
  }

  /// A mark for those of the sets that nobody has touched since; nil when none is known.
  func mark(over found: [RecordSet], federation: String) -> OwnershipMark? {
    let untouched = found.filter { sets[$0.key] == $0 }.map(\.key)
    guard !untouched.isEmpty else { return nil }
    return OwnershipMark(federation: federation, generation: generation, writer: "", sets: untouched.sorted())
  }
}
