import GRDB

/// How objects and events stand in the tables.
///
/// An object's text is written once for each of its states: the journal keeps what was there before a change, and the
/// state after it is the next event's or the table's own.
enum SQLiteRows {
  static func write(_ event: StoreEvent, to db: Database) throws {
    let key: [any DatabaseValueConvertible] = [
      event.kind.group, event.kind.plural, event.name.namespace, event.name.name,
    ]
    try db.cachedStatement(
      sql: """
        INSERT INTO journal (api_group, plural, namespace, name, revision, is_removal, previous)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(
      arguments: StatementArguments(key) + [
        Int64(event.revision), event.current == nil, event.previous.map { String(decoding: $0.text, as: UTF8.self) },
      ])
    if let object = event.current {
      try db.cachedStatement(
        sql: """
          INSERT INTO objects (api_group, plural, namespace, name, object) VALUES (?, ?, ?, ?, ?)
          ON CONFLICT DO UPDATE SET object = excluded.object
          """
      ).execute(arguments: StatementArguments(key) + [String(decoding: object.text, as: UTF8.self)])
    } else {
      try db.cachedStatement(
        sql: "DELETE FROM objects WHERE api_group = ? AND plural = ? AND namespace = ? AND name = ?"
      ).execute(arguments: StatementArguments(key))
    }
  }

  static func forget(through revision: UInt64, in db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM journal WHERE revision <= ?").execute(arguments: [Int64(revision)])
  }

  /// Everything, read back; throws a ``StorageError`` when the rows do not fit together.
  static func read(_ db: Database, journalCapacity: Int) throws -> ResourceStore {
    var objects: [ObjectReference: StoredObject] = [:]
    let rows = try Row.fetchCursor(db, sql: "SELECT api_group, plural, namespace, name, object FROM objects")
    while let row = try rows.next() {
      let reference = reference(row)
      guard let object = object(row["object"]), object.name == reference.name.name else {
        throw StorageError("the text of \(reference.kind.plural) \(reference.name.name) cannot be read")
      }
      objects[reference] = object
    }
    var states = objects
    var journal: [StoreEvent] = []
    var expected: UInt64?
    let events = try Row.fetchCursor(db, sql: "SELECT * FROM journal ORDER BY revision DESC")
    while let row = try events.next() {
      let event = try event(row, after: &states)
      guard expected.map({ $0 == event.revision }) ?? true else {
        throw StorageError("the journal lacks revision \(expected ?? 0)")
      }
      expected = event.revision - 1
      journal.append(event)
    }
    let start = try Int64.fetchOne(db, sql: "SELECT revision FROM start") ?? 1
    return ResourceStore(
      objects.map { ($0.key, $0.value) }, journal: journal.reversed(),
      revision: journal.first?.revision ?? UInt64(start), journalCapacity: journalCapacity)
  }

  /// The event of a row; `states` are the objects after it, and before it when this returns.
  private static func event(_ row: Row, after states: inout [ObjectReference: StoredObject]) throws -> StoreEvent {
    let reference = reference(row)
    let revision = UInt64(row["revision"] as Int64)
    let disagreement = StorageError("the journal and the objects do not agree at revision \(revision)")
    let previous = object(row["previous"])
    let change: StoreEvent.Change
    if row["is_removal"] {
      guard let previous, states[reference] == nil else { throw disagreement }
      change = .deleted(StoredObject(previous.value, revision: revision), previous: previous)
    } else {
      guard let current = states[reference], current.revision == revision else { throw disagreement }
      change = previous.map { .modified(current, previous: $0) } ?? .added(current)
    }
    states[reference] = previous
    return StoreEvent(kind: reference.kind, name: reference.name, change: change, revision: revision)
  }

  private static func reference(_ row: Row) -> ObjectReference {
    ObjectReference(
      KindID(group: row["api_group"], plural: row["plural"]),
      ObjectName(namespace: row["namespace"], name: row["name"]))
  }

  private static func object(_ text: String?) -> StoredObject? { text.flatMap { StoredObject(text: Array($0.utf8)) } }
}
