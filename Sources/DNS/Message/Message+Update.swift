package import Federation

/// The sections of an update under the names that RFC 2136 section 2 gives them.
extension Message {
  /// An update of `zone`: all of it happens or nothing.
  package static func update(
    zone: DomainName, prerequisites: [ResourceRecord], updates: [ResourceRecord], id: UInt16
  ) -> Message {
    Message(
      id: id, opcode: .update, flags: [], question: Question(name: zone, type: .soa), answers: prerequisites,
      authorities: updates)
  }

  /// What must hold before anything is changed.
  package var prerequisites: [ResourceRecord] { answers }

  /// The changes, in order.
  package var updates: [ResourceRecord] { authorities }
}

/// The records of an update by what they mean.
extension ResourceRecord {
  /// Prerequisite (section 2.4.1) "a set of the type exists", with whatever value.
  package static func exists(_ name: DomainName, _ type: ResourceType) -> ResourceRecord {
    ResourceRecord(name: name, type: type, resourceClass: .any, ttl: 0, data: .empty)
  }

  /// Prerequisite (section 2.4.2) "the set is exactly the records given so"; one per record of the set.
  package static func existsExactly(_ name: DomainName, _ data: RecordData) -> ResourceRecord {
    ResourceRecord(name: name, ttl: 0, data: data)
  }

  /// Prerequisite (section 2.4.3) "no set of the type exists".
  package static func isMissing(_ name: DomainName, _ type: ResourceType) -> ResourceRecord {
    ResourceRecord(name: name, type: type, resourceClass: .none, ttl: 0, data: .empty)
  }

  /// Prerequisite (section 2.4.5) "nothing at all is at the name".
  package static func nameIsFree(_ name: DomainName) -> ResourceRecord { isMissing(name, .any) }

  /// Change (section 2.5.2) "delete the set"; type ANY deletes all sets of the name (section 2.5.3).
  package static func deleteSet(_ name: DomainName, _ type: ResourceType) -> ResourceRecord { exists(name, type) }

  /// Change (section 2.5.4) "delete this one record".
  package static func delete(_ name: DomainName, _ data: RecordData) -> ResourceRecord {
    var record = ResourceRecord(name: name, ttl: 0, data: data)
    record.resourceClass = .none
    return record
  }
}
