import CCurl

/// Sends HTTP requests: libcurl's multi interface, one thread for all transfers, behind async Swift.
///
/// Connections are kept and shared: HTTP/2 where a TLS server offers it, HTTP/1.1 else. Nothing is taken from the
/// environment, redirects are not followed, and only `http` and `https` are spoken. Hundreds of answers may be open at
/// once. One instance serves a process; its thread and connections end with the last reference to it and its bodies.
package actor HTTPTransport {
  nonisolated let loop: TransferLoop
  private var transfers: [UInt64: Transfer] = [:]
  private var lastID: UInt64 = 0
  private var origins = Origins()
  /// No silent or unconnected transfer is due before this.
  private var nextDeadline: ContinuousClock.Instant?

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    loop.asUnownedSerialExecutor()
  }

  /// - Throws: `internal` when the system has neither memory nor a thread for it.
  package init() throws(HTTPError) {
    loop = try TransferLoop()
    curlMultiSetLong(loop.multi, CURLMOPT_MAXCONNECTS, 512)
    try loop.start(serving: self)
  }

  isolated deinit {
    for transfer in transfers.values {
      curl_multi_remove_handle(loop.multi, transfer.easy)
      // Nobody is left to wait for ever.
      transfer.end(HTTPError(.cancelled, "\(transfer.subject): the transport has ended"))
    }
    transfers = [:]
    loop.stop()
  }

  /// Sends a request and returns when the head of the answer is there, whatever its status.
  ///
  /// Cancelling the calling task closes the transfer, also when the task was cancelled before.
  ///
  /// - Throws: ``HTTPError``; an answer of 4xx or 5xx is not an error here.
  package func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    guard !Task.isCancelled else { throw HTTPError(.cancelled, "the request was cancelled before it was sent") }
    lastID += 1
    let signals = TransferSignals(id: lastID, transport: self)
    let transfer = try Transfer(id: lastID, request: request)
    try request.upload?.attach(signals)
    transfers[signals.id] = transfer
    watch(transfer, from: .now)
    if origins.admits(transfer.id, to: transfer.origin) { begin(transfer) }
    let outcome = await withTaskCancellationHandler {
      await self.outcome(of: transfer)
    } onCancel: {
      signals.abort()
    }
    let head = try outcome.get()
    let body = HTTPBody(source: BodySource(buffer: transfer.buffer, signals: signals))
    return HTTPResponse(status: head.status, headers: head.headers, version: head.version, body: body)
  }

  /// Waits for the head of an answer, on this actor's thread: a closure that does not name `self` runs elsewhere, beside
  /// the loop that settles the transfer, and then nobody may ever be resumed.
  private func outcome(of transfer: Transfer) async -> Transfer.Outcome {
    await withCheckedContinuation { caller in
      loop.checkIsolated()
      transfer.await(caller)
    }
  }

  /// Does what was asked, lets libcurl work, and says how long it may sleep.
  func turn(_ commands: [TransferLoop.Command]) -> Duration {
    for command in commands {
      switch command {
      case .abort(let id):
        if let transfer = transfers[id] { end(transfer, HTTPError(.cancelled, "\(transfer.subject): cancelled")) }
      case .resume(let id):
        if let transfer = transfers[id] {
          transfer.resume()
          watch(transfer, from: .now)
        }
      }
    }
    loop.sockets.perform()
    var finished = curlNextFinished(loop.multi)
    while let handle = finished.handle {
      if let transfer = transfers[Transfer.id(of: handle)] { end(transfer, transfer.failure(finished.result)) }
      finished = curlNextFinished(loop.multi)
    }
    for id in origins.leaders where transfers[id]?.isConnecting != true {
      for admitted in origins.release(after: id, stands: transfers[id] != nil) {
        if let transfer = transfers[admitted] { begin(transfer) }
      }
    }
    return endOverdue()
  }

  private func begin(_ transfer: Transfer) {
    curl_multi_add_handle(loop.multi, transfer.easy)
  }

  private func end(_ transfer: Transfer, _ error: HTTPError?) {
    curl_multi_remove_handle(loop.multi, transfer.easy)
    transfers[transfer.id] = nil
    transfer.end(error)
  }

  /// Looks at the deadlines when the first can have passed: deadlines of others only ever move away.
  private func endOverdue() -> Duration {
    guard let due = nextDeadline else { return .seconds(60) }
    let now = ContinuousClock.now
    guard now >= due else { return due - now }
    nextDeadline = nil
    for transfer in transfers.values {
      if let error = transfer.overdue(at: now) {
        end(transfer, error)
      } else {
        watch(transfer, from: now)
      }
    }
    return nextDeadline.map { $0 - now } ?? .seconds(60)
  }

  private func watch(_ transfer: Transfer, from now: ContinuousClock.Instant) {
    guard let deadline = transfer.earliestDeadline(at: now) else { return }
    nextDeadline = nextDeadline.map { min($0, deadline) } ?? deadline
  }
}
