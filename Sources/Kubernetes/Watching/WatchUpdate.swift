/// What a watch tells of a collection.
package enum WatchUpdate<Object: WatchedObject>: Hashable, Sendable {
  /// The whole collection as it is; never a part of it (rule whole-reads).
  case replaced([Object])
  /// The object was created or changed.
  case applied(Object)
  case removed(ObjectKey)
  /// The cluster cannot be watched now; what was known stays as it was. Comes once, and again when the reason changes.
  case interrupted(KubernetesError)
  /// The watch goes on.
  case restored
}
