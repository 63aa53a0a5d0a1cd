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
}
