package import JSON

/// The objects of one endpoint and the journal of their changes: a value, so that a request can be tried on a copy.
///
/// Every write takes the next revision. The journal can tell every state since its oldest event: a list of an older
/// revision, a watch that carries on, and the way back when the last writes could not be kept. It grows until
/// ``trim(through:)``; a reader from before its oldest event must list again.
package struct ResourceStore: Sendable {
  /// The revision of the last write.
  package private(set) var revision: UInt64
  /// Events up to and including this revision are forgotten.
  package private(set) var forgotten: UInt64
  private var collections: [KindID: ObjectCollection] = [:]
  private var journal: [StoreEvent] = []
  private var owners = OwnerIndex()
  /// The addresses and ports that services hold.
  private(set) var allotments = AllotmentIndex()
  private var labels = LabelIndex()
  private let journalCapacity: Int

  /// - Parameters:
  ///   - revision: the revision before the first write. A restarted server that starts above all the revisions it
  ///     ever gave out makes its old clients list again instead of missing changes.
  ///   - journalCapacity: how many events are kept at least.
  package init(startingAt revision: UInt64 = 1, journalCapacity: Int = 2048) {
    self.revision = revision
    self.forgotten = revision
    self.journalCapacity = max(1, journalCapacity)
  }

  /// A store as it stood: `objects` after all of `journal`, whose revisions follow one another.
  init(
    _ objects: [(ObjectReference, StoredObject)], journal: [StoreEvent], revision: UInt64, journalCapacity: Int
  ) {
    self.init(startingAt: revision, journalCapacity: journalCapacity)
    forgotten = revision - UInt64(journal.count)
    self.journal = journal
    for (reference, object) in objects { set(object, at: reference) }
  }

  package subscript(kind: KindID, name: ObjectName) -> StoredObject? { collections[kind]?.objects[name] }

  /// Writes an object, which takes the next revision; O(n) in the objects of its kind when it is new.
  @discardableResult
  package mutating func put(_ value: JSONValue, kind: KindID, name: ObjectName) -> StoredObject {
    revision += 1
    let object = StoredObject(value, revision: revision)
    let previous = set(object, at: ObjectReference(kind, name))
    let change: StoreEvent.Change = previous.map { .modified(object, previous: $0) } ?? .added(object)
    journal.append(StoreEvent(kind: kind, name: name, change: change, revision: revision))
    return object
  }

  /// Removes an object; nil when there was none.
  @discardableResult
  package mutating func remove(kind: KindID, name: ObjectName) -> StoredObject? {
    guard let previous = set(nil, at: ObjectReference(kind, name)) else { return nil }
    revision += 1
    let last = StoredObject(previous.value, revision: revision)
    journal.append(
      StoreEvent(kind: kind, name: name, change: .deleted(last, previous: previous), revision: revision))
    return last
  }

  /// The objects of a kind in order of namespace and name, those after `name` only; all namespaces when `namespace`
  /// is nil.
  package func objects(of kind: KindID, in namespace: String? = nil, after name: ObjectName? = nil)
    -> some Sequence<StoredObject>
  {
    let collection = collections[kind] ?? ObjectCollection()
    return collection.names(in: namespace, after: name).lazy.compactMap { collection.objects[$0] }
  }

  /// The objects that name an owner by its uid, in order.
  package func dependents(of uid: String) -> [ObjectReference] { owners.dependents(of: uid) }

  /// The objects of a kind that bear a label, as ``objects(of:in:after:)`` gives them; nil when objects of the kind were
  /// written after `revision`, so that the state then must be made out from the journal.
  func objects(
    bearing label: (key: String, value: String), of kind: KindID, in namespace: String?, after name: ObjectName?,
    at revision: UInt64
  ) -> [StoredObject]? {
    guard let later = events(after: revision), !later.contains(where: { $0.kind == kind }) else { return nil }
    let names = labels.names(bearing: LabelIndex.Label(kind: kind, key: label.key, value: label.value))
    return names.lazy.filter { found in
      (namespace == nil || found.namespace == namespace) && name.map { found > $0 } != false
    }.compactMap { collections[kind]?.objects[$0] }
  }

  /// The events after `revision`, oldest first; nil when some of them are forgotten or it was never reached.
  package func events(after revision: UInt64) -> ArraySlice<StoreEvent>? {
    guard revision >= forgotten, revision <= self.revision else { return nil }
    return journal[Int(revision - forgotten)...]
  }

  /// Forgets old events once there are twice as many as the capacity, none after `revision`.
  package mutating func trim(through revision: UInt64) {
    guard journal.count > 2 * journalCapacity, revision > forgotten else { return }
    let count = min(journal.count - journalCapacity, Int(revision - forgotten))
    journal.removeFirst(count)
    forgotten += UInt64(count)
  }

  /// Takes back every write after `revision`, which must not be forgotten.
  package mutating func rollBack(to revision: UInt64) {
    while self.revision > revision, let event = journal.popLast() {
      set(event.previous, at: ObjectReference(event.kind, event.name))
      self.revision -= 1
    }
  }

  @discardableResult
  private mutating func set(_ object: StoredObject?, at reference: ObjectReference) -> StoredObject? {
    let previous = collections[reference.kind, default: ObjectCollection()].set(object, at: reference.name)
    owners.replace(previous, with: object, at: reference)
    if reference.kind == ResourceKind.service.id { allotments.replace(previous, with: object) }
    labels.replace(previous, with: object, at: reference)
    return previous
  }
}

// MARK: - Earlier states

extension ResourceStore {
  /// The object as it stood at a revision that is not forgotten.
  package func object(_ kind: KindID, _ name: ObjectName, at revision: UInt64) -> StoredObject? {
    let first = events(after: revision)?.first { $0.kind == kind && $0.name == name }
    return first.map(\.previous) ?? self[kind, name]
  }

  /// The objects as they stood at a revision, in order; nil when what came after it is forgotten or it was never
  /// reached. O(events since) beyond what ``objects(of:in:after:)`` costs.
  package func objects(
    of kind: KindID, in namespace: String? = nil, after name: ObjectName? = nil, at revision: UInt64
  ) -> [StoredObject]? {
    guard let later = events(after: revision) else { return nil }
    var then: [ObjectName: StoredObject?] = [:]
    for event in later where event.kind == kind && then[event.name] == nil {
      then.updateValue(event.previous, forKey: event.name)
    }
    if then.isEmpty { return Array(objects(of: kind, in: namespace, after: name)) }
    var collection = collections[kind] ?? ObjectCollection()
    for (name, object) in then { collection.set(object, at: name) }
    return collection.names(in: namespace, after: name).compactMap { collection.objects[$0] }
  }
}
