/// Which events a watch hears, and as what: an object that enters the selection is added to it, one that leaves it is
/// deleted from it, shown as it was last in it.
package struct WatchFilter: Sendable {
  package var kinds: Set<KindID>
  package var selection: Selection

  package init(kinds: Set<KindID>, selection: Selection = Selection()) {
    self.kinds = kinds
    self.selection = selection
  }

  func message(for event: StoreEvent) -> WatchMessage? {
    guard kinds.contains(event.kind) else { return nil }
    switch event.change {
    case .added(let object):
      return selection.contains(object) ? .added(event.kind, object) : nil
    case .modified(let object, let previous):
      switch (selection.contains(previous), selection.contains(object)) {
      case (true, true): return .modified(event.kind, object)
      case (false, true): return .added(event.kind, object)
      case (true, false): return .deleted(event.kind, StoredObject(previous.value, revision: event.revision))
      case (false, false): return nil
      }
    case .deleted(let object, let previous):
      return selection.contains(previous) ? .deleted(event.kind, object) : nil
    }
  }
}
