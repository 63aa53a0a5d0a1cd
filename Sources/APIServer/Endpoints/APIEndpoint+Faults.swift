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
