package import JSON

/// One API endpoint: its objects, those who watch them, and what is wrong with it.
///
/// Every request is one call, so requests take effect one after the other. A watcher holds at most
/// ``watchBuffer`` messages; one that falls behind further is cut and has to list again.
package actor APIEndpoint {
  /// The path under which the server serves it, e.g. `/clusters/us-central1-a`.
  package nonisolated let path: String
  package nonisolated let catalog: KindCatalog
  package nonisolated let clock: any ServerClock
  /// How many undelivered messages a watch may have.
  package nonisolated let watchBuffer: Int

  package private(set) var fault: EndpointFault?
  private var registry: Registry
  private var watchers: [UInt64: Watcher] = [:]
  private var nextID: UInt64 = 1
  /// Those who wait for the end of a partition.
  private var gates: [UInt64: AsyncStream<Void>.Continuation] = [:]
  /// The revision up to which watchers heard everything before the partition began.
  private var silentSince: UInt64?

  private struct Watcher {
    var filter: WatchFilter
    var continuation: AsyncStream<WatchMessage>.Continuation
    /// False for controllers of this process, which no fault of the endpoint concerns.
    var isRemote: Bool
    /// Its time ran out during a partition.
    var isOver = false
  }

  package init(
    path: String, catalog: KindCatalog, clock: any ServerClock = SystemServerClock(), journalCapacity: Int = 2048,
    watchBuffer: Int = 4096
  ) {
    self.path = path
    self.catalog = catalog
    self.clock = clock
    self.watchBuffer = watchBuffer
    let start = UInt64(max(0, clock.unixSeconds - 1_700_000_000)) * 1000 + 1
    self.registry = Registry(
      catalog: catalog, store: ResourceStore(startingAt: start, journalCapacity: journalCapacity))
  }

  /// The revision of the last write.
  package var revision: UInt64 { registry.store.revision }

  /// How many watches stand, for tests and metrics.
  package var watchCount: Int { watchers.count }
}

// MARK: - Requests

extension APIEndpoint {
  package func get(_ kind: ResourceKind, _ name: ObjectName) throws(APIError) -> StoredObject {
    try registry.get(kind, name)
  }

  package func list(
    _ kind: ResourceKind, _ selection: Selection = Selection(), limit: Int? = nil,
    continuing token: ContinueToken? = nil
  ) throws(APIError) -> ListPage {
    try registry.list(kind, selection, limit: limit, continuing: token)
  }

  @discardableResult
  package func create(
    _ kind: ResourceKind, in namespace: String = "", _ body: JSONValue, by writer: Registry.Writer,
    trial: Trial = .effective
  ) throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try write(trial) { registry throws(APIError) in
      try registry.create(kind, in: namespace, body, by: writer, unixSeconds: now)
    }
  }

  @discardableResult
  package func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, trial: Trial = .effective
  ) throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try write(trial) { registry throws(APIError) in
      try registry.update(kind, name, body, subresource: subresource, by: writer, unixSeconds: now)
    }
  }

  @discardableResult
  package func patch(
    _ kind: ResourceKind, _ name: ObjectName, _ patch: Patch, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, trial: Trial = .effective
  ) throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try write(trial) { registry throws(APIError) in
      try registry.patch(kind, name, patch, subresource: subresource, by: writer, unixSeconds: now)
    }
  }

  @discardableResult
  package func delete(
    _ kind: ResourceKind, _ name: ObjectName, preconditions: JSONValue? = nil, trial: Trial = .effective
  ) throws(APIError) -> (object: StoredObject, isGone: Bool) {
    let now = clock.unixSeconds
    return try write(trial) { registry throws(APIError) in
      try registry.delete(kind, name, preconditions: preconditions, unixSeconds: now)
    }
  }

  /// Deletes every object of a selection and returns what they were.
  package func deleteCollection(
    _ kind: ResourceKind, _ selection: Selection, trial: Trial = .effective
  ) throws(APIError) -> ListPage {
    let now = clock.unixSeconds
    return try write(trial) { registry throws(APIError) in
      let page = try registry.list(kind, selection)
      for object in page.objects {
        let name = ObjectName(namespace: object.namespace, name: object.name)
        _ = try registry.delete(kind, name, unixSeconds: now)
      }
      return page
    }
  }

  /// Whether a write takes effect or is only tried (`dryRun=All`).
  package enum Trial: Sendable { case effective, dryRun }

  /// Runs a write on a copy, keeps the copy unless it was a trial, and tells the watchers.
  private func write<Result>(
    _ trial: Trial, _ body: (inout Registry) throws(APIError) -> Result
  ) throws(APIError) -> Result {
    if trial == .dryRun {
      var copy = registry
      return try body(&copy)
    }
    let before = registry.store.revision
    defer { announce(after: before) }
    return try body(&registry)
  }
}

// MARK: - Watches

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
      guard let events = registry.store.events(after: revision) else {
        throw .expired(revision, current: registry.store.revision)
      }
      first = events.compactMap(filter.message)
    case .now(let announcesEnd):
      for kind in catalog.kinds where filter.kinds.contains(kind.id) {
        for object in registry.store.objects(of: kind.id, in: filter.selection.namespace)
        where filter.selection.contains(object) { first.append(.added(kind.id, object)) }
      }
      if announcesEnd { first.append(.bookmark(revision: registry.store.revision, endsInitial: true)) }
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
    deliver([.bookmark(revision: registry.store.revision, endsInitial: false)], to: subscription.id, watcher)
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

  private func announce(after revision: UInt64) {
    guard registry.store.revision > revision, let events = registry.store.events(after: revision) else { return }
    for (id, watcher) in watchers where silentSince == nil || !watcher.isRemote {
      deliver(events.compactMap(watcher.filter.message), to: id, watcher)
    }
  }

  private func deliver(_ messages: [WatchMessage], to id: UInt64, _ watcher: Watcher) {
    for message in messages {
      if case .enqueued = watcher.continuation.yield(message) { continue }
      watcher.continuation.finish()
      watchers[id] = nil
      return
    }
  }
}

// MARK: - Faults

extension APIEndpoint {
  /// Breaks or, with nil, mends the endpoint. Standing watches feel it at once.
  package func setFault(_ fault: EndpointFault?) {
    self.fault = fault
    if fault == .partition {
      silentSince = silentSince ?? registry.store.revision
    } else {
      for gate in gates.values { gate.finish() }
      gates = [:]
      resumeWatches()
    }
    if fault == .down {
      for (id, watcher) in watchers where watcher.isRemote {
        watcher.continuation.finish()
        watchers[id] = nil
      }
    }
  }

  /// Returns when a request may be answered: late when the endpoint is slow, after its end in a partition.
  ///
  /// - Returns: false when the endpoint is down and the connection is to be cut.
  package func admit() async -> Bool {
    while fault == .partition, !Task.isCancelled {
      let (gate, continuation) = AsyncStream<Void>.makeStream()
      let id = nextID
      nextID += 1
      gates[id] = continuation
      for await _ in gate {}
      gates[id] = nil
    }
    if case .slow(let delay) = fault { try? await clock.sleep(for: delay) }
    return fault != .down && !Task.isCancelled
  }

  private func resumeWatches() {
    guard let revision = silentSince else { return }
    silentSince = nil
    let events = registry.store.events(after: revision)
    for (id, watcher) in watchers where watcher.isRemote {
      if let events, !watcher.isOver {
        deliver(events.compactMap(watcher.filter.message), to: id, watcher)
      } else {
        watcher.continuation.finish()
        watchers[id] = nil
      }
    }
  }
}
