extension APIEndpoint {
  /// Begins a watch.
  ///
  /// - Throws: 410 when the changes after the given revision are no longer known.
  package func watch(
    _ filter: WatchFilter, from start: WatchStart, isRemote: Bool = false
  ) throws(APIError) -> WatchSubscription {
    var first: [WatchMessage] = []
    switch start {
    case .after(let revision):
      guard let events = shownEvents(after: revision) else {
        throw .expired(revision, current: shown)
      }
      first = events.compactMap(filter.message)
    case .fromNow: break
    case .now(let announcesEnd):
      for kind in catalog.kinds where filter.kinds.contains(kind.id) {
        for object in registry.store.objects(of: kind.id, in: filter.selection.namespace, at: shown) ?? []
        where filter.selection.contains(object) { first.append(.added(kind.id, object)) }
      }
      if announcesEnd { first.append(.bookmark(revision: shown, endsInitial: true)) }
    }
    let (messages, continuation) = AsyncStream<WatchMessage>.makeStream(
      bufferingPolicy: .bufferingOldest(first.count + watchBuffer))
    let id = nextID
    nextID += 1
    for message in first { continuation.yield(message) }
    watchers[id] = Watcher(filter: filter, continuation: continuation, isRemote: isRemote)
    return WatchSubscription(id: id, messages: messages, continuation: continuation)
  }

  /// Sends a watch the revision that it is at.
  package func bookmark(_ subscription: WatchSubscription) {
    guard silentSince == nil, let watcher = watchers[subscription.id] else { return }
    deliver([.bookmark(revision: shown, endsInitial: false)], to: subscription.id, watcher)
  }

  /// Ends a watch whose time is over; during a partition its end cannot be heard and waits.
  package func end(_ subscription: WatchSubscription) {
    if silentSince != nil {
      watchers[subscription.id]?.isOver = true
    } else {
      forget(subscription)
    }
  }

  /// Drops a watch whose reader is gone.
  package func forget(_ subscription: WatchSubscription) {
    watchers.removeValue(forKey: subscription.id)?.continuation.finish()
  }

  func deliver(_ messages: [WatchMessage], to id: UInt64, _ watcher: Watcher) {
    for message in messages {
      if case .enqueued = watcher.continuation.yield(message) { continue }
      watcher.continuation.finish()
      watchers[id] = nil
      return
    }
  }
}
