import DNS
import Federation

/// The last whole zone that a server gave, kept to be brought up to date by what has changed since.
struct ZoneCopy: Sendable {
  private(set) var startOfAuthority: StartOfAuthority
  private(set) var contents: ZoneContents
  private var sets: [RecordKey: HeldRecordSet]
  /// When the zone was read whole, of which this is what became.
  let read: Timestamp
  /// How many commits there had been when it was read.
  var commits: Int

  init(_ transfer: ZoneTransfer, at read: Timestamp, commits: Int) {
    self.read = read
    let held = HeldRecordSet.sets(of: transfer.records)
    startOfAuthority = transfer.startOfAuthority
    sets = Dictionary(held.map { ($0.key, $0) }) { first, _ in first }
    contents = ZoneContents(held)
    contents.version = ZoneVersion()
    self.commits = commits
  }

  /// A whole read that found what was known before is the same version, and nobody need look at it again.
  mutating func recognize(_ before: ZoneCopy?) {
    if let before, before.contents == contents { contents = before.contents }
  }

  /// Takes over what has changed; false when that does not fit, and the copy is then worth nothing.
  mutating func apply(_ steps: [ZoneStep], reaching end: StartOfAuthority) -> Bool {
    for step in steps {
      for record in step.removed {
        guard let type = RecordType(record.type) else { continue }
        let key = RecordKey(name: record.name, type: type)
        guard let index = sets[key]?.data.firstIndex(of: record.data) else { return false }
        sets[key]?.data.remove(at: index)
        if sets[key]?.data.isEmpty == true { sets[key] = nil }
      }
      for record in step.added {
        guard let type = RecordType(record.type) else { continue }
        let key = RecordKey(name: record.name, type: type)
        var set = sets[key] ?? HeldRecordSet(name: record.name, type: type, ttl: record.ttl, data: [])
        guard !set.data.contains(record.data) else { return false }
        set.data.append(record.data)
        set.ttl = record.ttl
        sets[key] = set
      }
    }
    startOfAuthority = end
    contents = ZoneContents(sets.values)
    contents.version = ZoneVersion()
    return true
  }
}
