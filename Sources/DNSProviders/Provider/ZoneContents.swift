package import Federation

/// What a provider holds: published record sets as they are, and the ownership marks among them.
package struct ZoneContents: Sendable {
  /// A, AAAA, CNAME and TXT record sets except marks, sorted by name and type.
  package var recordSets: [RecordSet]
  /// Marks by the name they stand at.
  package var marks: [DomainName: OwnershipMark]
  /// Foreign ownership marks and unreadable ones (`heritage=external-dns`, …) by name, cleaned for display.
  package var foreignMarks: [DomainName: String]
  /// Names in other zones that were asked for and could not be read, with the reason: what stands there is not known.
  package var unread: [DomainName: String]
  /// The state of the zone that was read; nil where the provider cannot tell one from another without a whole read.
  package var version: ZoneVersion?

  package init(
    recordSets: [RecordSet], marks: [DomainName: OwnershipMark] = [:], foreignMarks: [DomainName: String] = [:],
    unread: [DomainName: String] = [:], version: ZoneVersion? = nil
  ) {
    self.recordSets = recordSets
    self.marks = marks
    self.foreignMarks = foreignMarks
    self.unread = unread
    self.version = version
  }
}

extension ZoneContents: Hashable {
  /// What is held decides, and not which read it came with.
  package static func == (one: Self, other: Self) -> Bool {
    one.recordSets == other.recordSets && one.marks == other.marks && one.foreignMarks == other.foreignMarks
      && one.unread == other.unread
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(recordSets)
    hasher.combine(marks)
    hasher.combine(foreignMarks)
    hasher.combine(unread)
  }
}

/// One state of a zone at one server: two reads of the same version hold the same, and nobody need look.
///
/// Compared by identity, so that no serial that comes round again can be taken for an older one.
package final class ZoneVersion: Sendable, Hashable {
  package init() {}

  package static func == (one: ZoneVersion, other: ZoneVersion) -> Bool { one === other }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
