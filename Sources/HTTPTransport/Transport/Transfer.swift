import CCurl

/// One request on its way, owned by ``HTTPTransport`` and touched on its thread only: libcurl's handle, the memory the
/// handle refers to, and where the outcome goes.
final class Transfer {
  typealias Outcome = Result<ResponseHead, HTTPError>

  let id: UInt64
  let easy: UnsafeMutableRawPointer
  let buffer = BodyBuffer(limit: HTTPBody.highWater)
  /// Method and address without query or credentials, to begin an error with.
  let subject: String
  let upload: HTTPUpload?
  /// Which connections it can share; nil when that makes no difference.
  let origin: Origin?

  private let request: RequestFacts
  private let lists: HeaderLists
  private let errorText: UnsafeMutablePointer<CChar>
  private var head = ResponseHead()
  private var headIsComplete = false
  private var outcome: Outcome?
  private var caller: CheckedContinuation<Outcome, Never>?
  private var refusal: HTTPError?
  private var phase = Phase.connecting
  private var lastMove = ContinuousClock.now

  private enum Phase {
    case connecting
    case moving
    /// The reader of the answer or the writer of the request is behind.
    case paused
  }

  init(id: UInt64, request: HTTPRequest) throws(HTTPError) {
    let facts = try RequestFacts(request)
    guard let easy = curl_easy_init() else { throw HTTPError(.internal, "libcurl is out of memory") }
    self.id = id
    self.easy = easy
    self.request = facts
    subject = facts.subject
    upload = request.upload
    origin = facts.origin
    lists = HeaderLists()
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    let options = TransferOptions(easy: easy, lists: lists)
    try options.apply(request, facts)
    options.report(to: Unmanaged.passUnretained(self).toOpaque(), errors: errorText, uploads: upload != nil)
  }

  deinit {
    curl_easy_cleanup(easy)
    errorText.deallocate()
  }

  static func id(of handle: UnsafeMutableRawPointer) -> UInt64 {
    curlContext(handle).map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue().id } ?? 0
  }

  /// Names the one who waits for the head; it may be there already, since turns can pass before the caller waits.
  func await(_ caller: CheckedContinuation<Outcome, Never>) {
    if let outcome { caller.resume(returning: outcome) } else { self.caller = caller }
  }

  private func settle(_ outcome: Outcome) {
    guard self.outcome == nil else { return }
    self.outcome = outcome
    caller?.resume(returning: outcome)
    caller = nil
  }

  var isConnecting: Bool {
    if case .connecting = phase { true } else { false }
  }

  /// When this transfer must have connected, or moved, at the latest.
  private var deadline: ContinuousClock.Instant? {
    switch phase {
    case .connecting: lastMove + request.connectTimeout
    case .moving: request.silenceTimeout.map { lastMove + $0 }
    case .paused: nil
    }
  }

  /// Before which instant it cannot be overdue, even if it connects this very moment.
  func earliestDeadline(at now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
    guard case .connecting = phase, let silenceTimeout = request.silenceTimeout else { return deadline }
    return min(lastMove + request.connectTimeout, now + silenceTimeout)
  }

  func overdue(at now: ContinuousClock.Instant) -> HTTPError? {
    guard let deadline, deadline <= now else { return nil }
    if case .connecting = phase {
      return HTTPError(
        .timeout, "\(subject): no connection within \(request.connectTimeout); is it reachable from here?")
    }
    curlSetLong(easy, CURLOPT_FORBID_REUSE, 1)
    return HTTPError(
      .silent, "\(subject): no byte moved for \(request.silenceTimeout ?? .zero); it may hang or be cut off")
  }

  func resume() {
    lastMove = .now
    if case .paused = phase { phase = .moving }
    curl_easy_pause(easy, CURLPAUSE_CONT)
  }

  func end(_ error: HTTPError?) {
    let error = refusal ?? error
    upload?.close(error ?? HTTPError(.cancelled, "\(subject): the server has answered already"))
    settle(.failure(error ?? HTTPError(.protocol, "\(subject): an answer without a head")))
    buffer.end(error)
  }

  func failure(_ code: CURLcode) -> HTTPError? {
    guard code != CURLE_OK else { return nil }
    return FailedTransfer(
      code: code, detail: String(cString: errorText), proxyStatus: curlInfoLong(easy, CURLINFO_HTTP_CONNECTCODE)
    ).error(subject: subject, proxy: request.proxy)
  }

  // MARK: - What libcurl reports

  func connected() {
    lastMove = .now
    phase = .moving
  }

  func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
    lastMove = .now
    guard !headIsComplete else { return true }
    switch head.read(line) {
    case .more: return true
    case .tooLarge:
      refusal = HTTPError(.tooLarge, "\(subject): the head of the answer exceeds \(ResponseHead.sizeLimit) bytes")
      return false
    case .complete:
      headIsComplete = true
      settle(.success(head))
      return true
    }
  }

  func receive(body bytes: UnsafeRawBufferPointer) -> BodyBuffer.Reception {
    lastMove = .now
    let reception = buffer.offer(bytes)
    if case .refused = reception { phase = .paused }
    return reception
  }

  func supply(_ target: UnsafeMutableRawBufferPointer) -> HTTPUpload.Supply {
    lastMove = .now
    guard let upload else { return .end }
    let supply = upload.supply(target)
    if case .later = supply { phase = .paused }
    return supply
  }
}
