import DNSProviders
import Federation

/// What one name of a zone holds, and whether names below it keep it in existence.
struct ZoneNode: Sendable {
  /// Sorted by type; one set a type.
  var sets: [HeldRecordSet] = []
  /// How many names with records lie below: an empty non-terminal exists while this is above zero (RFC 8020).
  var below = 0

  /// Whether the name exists.
  var isNeeded: Bool { !sets.isEmpty || below > 0 }

  subscript(type: RecordType) -> HeldRecordSet? {
    for set in sets where set.type == type { return set }
    return nil
  }

  mutating func put(_ set: HeldRecordSet) {
    remove(set.type)
    let position = sets.firstIndex { set.type < $0.type } ?? sets.endIndex
    sets.insert(set, at: position)
  }

  mutating func remove(_ type: RecordType) {
    sets.removeAll { $0.type == type }
  }
}
