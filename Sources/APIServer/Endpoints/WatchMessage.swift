/// What a watch hears.
package enum WatchMessage: Sendable {
  case added(KindID, StoredObject)
  case modified(KindID, StoredObject)
  case deleted(KindID, StoredObject)
  /// Nothing up to this revision was missed; `endsInitial` closes the objects that the watch began with.
  case bookmark(revision: UInt64, endsInitial: Bool)
}
