/// One event of a watch.
struct WatchEvent<Object: WatchedObject>: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case applied(Object)
    case removed(ObjectKey)
    /// Nothing changed; the watch may go on from the event's version.
    case bookmark
  }

  var kind: Kind
  var resourceVersion: String
}
