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

  package internal(set) var fault: EndpointFault?
  var registry: Registry
  /// Keeps the writes; nil for an endpoint that lives as long as the process.
  let log: (any DurableLog)?
  /// The revision that readers and watchers see: the last write that is kept.
  var shown: UInt64
  /// Counts the refusals of the log: what was queued before one was built on what was refused.
  var epoch: UInt64 = 1
  var nextExpiry: Int64 = 0
  var watchers: [UInt64: Watcher] = [:]
  var nextID: UInt64 = 1
  /// Those who wait for the end of a partition.
  var gates: [UInt64: AsyncStream<Void>.Continuation] = [:]
  /// The revision up to which watchers heard everything before the partition began.
  var silentSince: UInt64?

  struct Watcher {
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
      let created = try registry.create(kind, in: namespace, body, by: writer, unixSeconds: now)
      return trial == .dryRun ? StoredObject(tried: created.value, replacing: nil) : created
    }
  }

  @discardableResult
  package func update(
    _ kind: ResourceKind, _ name: ObjectName, _ body: JSONValue, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, trial: Trial = .effective
  ) async throws(APIError) -> StoredObject {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      let old = registry.store[kind.id, name]?.revision
      let updated = try registry.update(kind, name, body, subresource: subresource, by: writer, unixSeconds: now)
      return trial == .dryRun ? StoredObject(tried: updated.value, replacing: old) : updated
    }
  }

  @discardableResult
  package func patch(
    _ kind: ResourceKind, _ name: ObjectName, _ patch: Patch, subresource: ResourceKind.Subresource? = nil,
    by writer: Registry.Writer, validation: FieldValidation = .ignore, trial: Trial = .effective
  ) async throws(APIError) -> Registry.Patched {
    let now = clock.unixSeconds
    return try await write(trial) { registry throws(APIError) in
      let old = registry.store[kind.id, name]?.revision
      var patched = try registry.patch(
        kind, name, patch, subresource: subresource, by: writer, validation: validation, unixSeconds: now)
      if trial == .dryRun { patched.object = StoredObject(tried: patched.object.value, replacing: old) }
      return patched
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
}
