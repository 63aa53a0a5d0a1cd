package import JSON

/// One API endpoint: its objects, those who watch them, and what is wrong with it.
///
/// Every request is one call, so requests take effect one after the other. Where a log keeps the writes, a write is
/// answered and shown to readers and watchers once it is kept; one that cannot be kept is refused and never seen. A
/// watcher holds at most ``watchBuffer`` messages; one that falls behind further is cut and has to list again.
package actor APIEndpoint {
  /// The path under which the server serves it, e.g. `/clusters/us-central1-a`.
  package nonisolated let path: String
  package nonisolated let catalog: KindCatalog
  package nonisolated let clock: any ServerClock
  /// How many undelivered messages a watch may have.
  package nonisolated let watchBuffer: Int

  package private(set) var fault: EndpointFault?
  private var registry: Registry
  /// Keeps the writes; nil for an endpoint that lives as long as the process.
  private let log: (any DurableLog)?
  /// The revision that readers and watchers see: the last write that is kept.
  private var shown: UInt64
  /// Counts the refusals of the log: what was queued before one was built on what was refused.
  private var epoch: UInt64 = 1
  private var nextExpiry: Int64 = 0
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
    let store = ResourceStore(startingAt: Self.firstRevision(clock), journalCapacity: journalCapacity)
    self.init(path: path, catalog: catalog, clock: clock, watchBuffer: watchBuffer, store: store, log: nil)
  }

  /// An endpoint whose writes outlive the process.
  package init(
    path: String, catalog: KindCatalog, clock: any ServerClock = SystemServerClock(), kept: KeptStore,
    watchBuffer: Int = 4096
  ) {
    self.init(path: path, catalog: catalog, clock: clock, watchBuffer: watchBuffer, store: kept.store, log: kept.log)
  }

  private init(
    path: String, catalog: KindCatalog, clock: any ServerClock, watchBuffer: Int, store: ResourceStore,
    log: (any DurableLog)?
  ) {
    self.path = path
    self.catalog = catalog
    self.clock = clock
    self.watchBuffer = watchBuffer
    self.registry = Registry(catalog: catalog, store: store)
    self.shown = store.revision
    self.log = log
  }

  /// Where a new store begins: above what one before it can have given out, so that old clients list again.
  package static func firstRevision(_ clock: any ServerClock) -> UInt64 {
    UInt64(max(0, clock.unixSeconds - 1_700_000_000)) * 1000 + 1
  }

  /// The revision of the last write that readers see.
  package var revision: UInt64 { shown }

  /// How many watches stand, for tests and metrics.
  package var watchCount: Int { watchers.count }
}

// MARK: - Requests

extension APIEndpoint {
  package func get(_ kind: ResourceKind, _ name: ObjectName) throws(APIError) -> StoredObject {
    try registry.get(kind, name, at: shown)
  }

  package func list(
    _ kind: ResourceKind, _ selection: Selection = Selection(), _ options: ListOptions = ListOptions()
  ) throws(APIError) -> ListPage {
    try registry.list(kind, selection, options, at: shown)
  }

  @discardableResult
  package func create(
    _ kind: ResourceKind, in namespace: String = "", _ body: JSONValue, by writer: Registry.Writer,
    trial: Trial = .effective
  ) async throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      try registry.create(kind, in: namespace, body, by: writer, unixSeconds: now)
    }
  }

  @discardableResult
  package func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, trial: Trial = .effective
  ) async throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      try registry.update(kind, name, body, subresource: subresource, by: writer, unixSeconds: now)
    }
  }

  @discardableResult
  package func patch(
    _ kind: ResourceKind, _ name: ObjectName, _ patch: Patch, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, validation: FieldValidation = .ignore, trial: Trial = .effective
  ) async throws(APIError) -> Registry.Patched {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      try registry.patch(
        kind, name, patch, subresource: subresource, by: writer, validation: validation, unixSeconds: now)
    }
  }

  @discardableResult
  package func delete(
    _ kind: ResourceKind, _ name: ObjectName, _ options: DeleteOptions = DeleteOptions(), trial: Trial = .effective
  ) async throws(APIError) -> (object: StoredObject, isGone: Bool) {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      try registry.delete(kind, name, options, unixSeconds: now)
    }
  }

  /// Deletes every object of a selection, or of one page of it, and returns what they were.
  package func deleteCollection(
    _ kind: ResourceKind, _ selection: Selection, _ list: ListOptions = ListOptions(),
    _ options: DeleteOptions = DeleteOptions(), trial: Trial = .effective
  ) async throws(APIError) -> ListPage {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      let page = try registry.list(kind, selection, list)
      for object in page.objects {
        let name = ObjectName(namespace: object.namespace, name: object.name)
        _ = try registry.delete(kind, name, options, unixSeconds: now)
      }
      return page
    }
  }

  /// Whether a write takes effect or is only tried (`dryRun=All`).
  package enum Trial: Sendable { case effective, dryRun }

  /// Runs a write and what follows from it, and returns once it is kept and shown; a trial runs on a copy.
  private func write<Result>(
    _ trial: Trial, _ body: (inout Registry) throws(APIError) -> Result
  ) async throws(APIError) -> Result {
    if trial == .dryRun {
      var copy = registry
      return try body(&copy)
    }
    let before = registry.store.revision
    let now = clock.unixSeconds
    let outcome: Swift.Result<Result, APIError>
    do throws(APIError) {
      outcome = .success(try body(&registry))
    } catch {
      outcome = .failure(error)
    }
    registry.settle(after: before, unixSeconds: now)
    if now >= nextExpiry {
      nextExpiry = now + 60
      registry.expireEvents(unixSeconds: now)
    }
    try await keep(after: before)
    return try outcome.get()
  }

  /// Returns once everything up to now is kept: a refusal, too, may rest on a write that is not yet kept.
  private func keep(after before: UInt64) async throws(APIError) {
    let revision = registry.store.revision
    guard revision > shown else { return }
    guard let log else { return show(through: revision) }
    let batch = WriteBatch(
      events: Array(registry.store.events(after: before) ?? []), forgotten: registry.store.forgotten, epoch: epoch)
    let outcome = await withCheckedContinuation { continuation in
      log.append(batch) { continuation.resume(returning: $0) }
    }
    switch outcome {
    case .kept: show(through: revision)
    case .refused(let error, let keptThrough):
      if batch.epoch == epoch {
        if let keptThrough { show(through: keptThrough) }
        registry.store.rollBack(to: shown)
        epoch += 1
      }
      throw .notKept(error)
    }
  }

  /// Lets readers see the writes up to a revision and tells the watchers.
  private func show(through revision: UInt64) {
    guard revision > shown else { return }
    let events = registry.store.events(after: shown)?.prefix(Int(revision - shown)) ?? []
    shown = revision
    for (id, watcher) in watchers where silentSince == nil || !watcher.isRemote {
      deliver(events.compactMap(watcher.filter.message), to: id, watcher)
    }
    registry.store.trim(through: shown)
  }

  /// The events after a revision that readers may see; nil when some are forgotten or it was never reached.
  private func shownEvents(after revision: UInt64) -> ArraySlice<StoreEvent>? {
    guard revision <= shown else { return nil }
    return registry.store.events(after: revision)?.prefix(Int(shown - revision))
  }
}

// MARK: - Housekeeping

extension APIEndpoint {
  /// Makes the namespaces that are not there yet.
  package func ensureNamespaces(_ names: [String]) async throws(APIError) {
    for name in names where registry.store[ResourceKind.namespace.id, ObjectName(name: name)] == nil {
      try await create(.namespace, ["metadata": ["name": .string(name)]], by: .controller)
    }
  }

  /// Removes Events whose hour is over, once a minute, until the task is cancelled; writes do it too.
  package func keepHouse() async {
    while (try? await clock.sleep(for: .seconds(60))) != nil {
      let now = clock.unixSeconds
      // What cannot be kept now is tried again in a minute.
      _ = try? await write(.effective) { $0.expireEvents(unixSeconds: now) }
    }
  }

  /// Returns when the writes are kept and the store is closed. Later writes are refused.
  package func close() async { await log?.close() }
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
      silentSince = silentSince ?? shown
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
    let events = shownEvents(after: revision)
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
