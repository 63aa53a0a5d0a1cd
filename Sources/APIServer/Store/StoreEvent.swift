/// One change to a store: what a watch tells its client.
package struct StoreEvent: Sendable {
  package var kind: KindID
  package var name: ObjectName
  package var change: Change
  /// The store's revision after the change.
  package var revision: UInt64

  package enum Change: Sendable {
    case added(StoredObject)
    case modified(StoredObject, previous: StoredObject)
    /// The object as it last stood, carrying the revision of its removal.
    case deleted(StoredObject, previous: StoredObject)
  }

  /// The object before the change; nil when it was made by it.
  package var previous: StoredObject? {
    switch change {
    case .added: nil
    case .modified(_, let previous), .deleted(_, let previous): previous
    }
  }

  /// The object after the change; nil when it was removed by it.
  package var current: StoredObject? {
    switch change {
    case .added(let object), .modified(let object, _): object
    case .deleted: nil
    }
  }
}
