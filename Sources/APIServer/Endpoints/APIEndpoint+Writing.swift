import JSON

extension APIEndpoint {
  /// Whether a write takes effect or is only tried (`dryRun=All`).
  package enum Trial: Sendable { case effective, dryRun }

  /// Runs a write and what follows from it, and returns once it is kept and shown; a trial runs on a copy.
  func write<Result>(
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
  func shownEvents(after revision: UInt64) -> ArraySlice<StoreEvent>? {
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
