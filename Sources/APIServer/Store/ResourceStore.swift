package import JSON

/// The objects of one endpoint and the journal of their changes: a value, so that a request can be tried on a copy.
///
/// Every write takes the next revision. The journal keeps between one and two times its capacity of the latest
/// events; a reader from before them must list again.
package struct ResourceStore: Sendable {
  /// The revision of the last write.
  package private(set) var revision: UInt64
  private var collections: [KindID: Collection] = [:]
  private var journal: [StoreEvent] = []
  /// Events up to and including this revision are forgotten.
  private var forgotten: UInt64
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

  package subscript(kind: KindID, name: ObjectName) -> StoredObject? { collections[kind]?.objects[name] }

  /// Writes an object, which takes the next revision; O(n) in the objects of its kind when it is new.
  @discardableResult
  package mutating func put(_ value: JSONValue, kind: KindID, name: ObjectName) -> StoredObject {
    revision += 1
    let object = StoredObject(value, revision: revision)
    let previous = collections[kind, default: Collection()].put(object, at: name)
    append(previous.map { .modified(object, previous: $0) } ?? .added(object), kind: kind, name: name)
    return object
  }

  /// Removes an object; nil when there was none.
  @discardableResult
  package mutating func remove(kind: KindID, name: ObjectName) -> StoredObject? {
    guard let previous = collections[kind]?.remove(name) else { return nil }
    revision += 1
    let last = StoredObject(previous.value, revision: revision)
    append(.deleted(last, previous: previous), kind: kind, name: name)
    return last
  }

  /// The objects of a kind in order of namespace and name, those after `name` only; all namespaces when `namespace`
  /// is nil.
  package func objects(of kind: KindID, in namespace: String? = nil, after name: ObjectName? = nil)
    -> some Sequence<StoredObject>
  {
    let collection = collections[kind] ?? Collection()
    return collection.names(in: namespace, after: name).lazy.compactMap { collection.objects[$0] }
  }

  /// The events after `revision`, oldest first; nil when some of them are forgotten or it was never reached.
  package func events(after revision: UInt64) -> ArraySlice<StoreEvent>? {
    guard revision >= forgotten, revision <= self.revision else { return nil }
    return journal[journal.partitioningIndex { $0.revision > revision }...]
  }

  private mutating func append(_ change: StoreEvent.Change, kind: KindID, name: ObjectName) {
    journal.append(StoreEvent(kind: kind, name: name, change: change, revision: revision))
    if journal.count > 2 * journalCapacity {
      forgotten = journal[journalCapacity - 1].revision
      journal.removeFirst(journalCapacity)
    }
  }
}

extension ResourceStore {
  /// The objects of one kind with their names in order.
  private struct Collection: Sendable {
    var objects: [ObjectName: StoredObject] = [:]
    var order: [ObjectName] = []

    mutating func put(_ object: StoredObject, at name: ObjectName) -> StoredObject? {
      let previous = objects.updateValue(object, forKey: name)
      if previous == nil { order.insert(name, at: order.partitioningIndex { $0 > name }) }
      return previous
    }

    mutating func remove(_ name: ObjectName) -> StoredObject? {
      guard let previous = objects.removeValue(forKey: name) else { return nil }
      order.remove(at: order.partitioningIndex { $0 >= name })
      return previous
    }

    func names(in namespace: String?, after last: ObjectName?) -> ArraySlice<ObjectName> {
      var range = order[...]
      if let namespace {
        range = range[range.partitioningIndex { $0.namespace >= namespace }...]
        range = range[..<range.partitioningIndex { $0.namespace > namespace }]
      }
      if let last { range = range[range.partitioningIndex { $0 > last }...] }
      return range
    }
  }
}
