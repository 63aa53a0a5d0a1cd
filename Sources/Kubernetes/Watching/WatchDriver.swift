import HTTPTransport

/// Performs what a ``Reflector`` decides against one cluster.
struct WatchDriver<Object: WatchedObject>: Sendable {
  private let client: KubernetesClient
  private let namespace: String?
  private let options: WatchOptions
  private let fixedResource: ResourceType?
  /// Nil until the server has been asked which form it has.
  private var context: DecodingContext?
  private var asksForProtobuf = Object.readsProtobuf

  init(client: KubernetesClient, resource: ResourceType?, namespace: String?, options: WatchOptions) {
    self.client = client
    self.namespace = namespace
    self.options = options
    fixedResource = resource
  }

  /// Lists and watches until the task is cancelled.
  func run(_ tell: @Sendable (WatchUpdate<Object>) -> Void) async {
    var driver = self
    var reflector = Reflector<Object>(backoff: options.backoff)
    while !Task.isCancelled {
      let step = reflector.next()
      do throws(KubernetesError) {
        switch step {
        case .wait(let delay): try? await options.sleep(delay)
        case .list(let token, let isPaged):
          let page = try await driver.page(continueToken: token, isPaged: isPaged)
          reflector.received(page, random: options.random()).forEach(tell)
        case .watch(let version):
          try await driver.follow(from: version, &reflector, tell)
        }
      } catch {
        if Task.isCancelled { return }
        if error.code == .notFound { driver.context = nil }
        reflector.failed(error, random: options.random()).forEach(tell)
      }
    }
  }

  /// Reads all pages once; pages that expire meanwhile are read again in one piece.
  mutating func wholeList() async throws(KubernetesError) -> [Object] {
    var reflector = Reflector<Object>(backoff: options.backoff)
    var expirations = 0
    while true {
      guard case .list(let token, let isPaged) = reflector.next() else { continue }
      do throws(KubernetesError) {
        let page = try await page(continueToken: token, isPaged: isPaged)
        for update in reflector.received(page, random: 0) {
          switch update {
          case .replaced(let items): return items
          case .interrupted(let error): throw error
          default: break
          }
        }
      } catch {
        expirations += 1
        guard error.code == .gone, expirations < 3 else { throw error }
        _ = reflector.failed(error, random: 0)
      }
    }
  }

  private mutating func page(
    continueToken: String, isPaged: Bool
  ) async throws(KubernetesError) -> ListPage<Object> {
    var query = selectors
    if isPaged { query.append(("limit", String(options.pageSize))) }
    if !continueToken.isEmpty { query.append(("continue", continueToken)) }
    var context = try await currentContext()
    let path = context.resource.path(namespace: namespace)
    let answer: WholeAnswer
    do {
      answer = try await client.send(
        "GET", path, query: query, accept: accept(streaming: false), limit: KubernetesClient.largestBody)
    } catch {
      guard mustFallBack(error) else { throw error }
      answer = try await client.send(
        "GET", path, query: query, accept: accept(streaming: false), limit: KubernetesClient.largestBody)
    }
    let page = try ListPage<Object>.read(answer.body, encoding: answer.encoding, context: &context)
    self.context = context
    return page
  }

  private mutating func follow(
    from version: String, _ reflector: inout Reflector<Object>, _ tell: (WatchUpdate<Object>) -> Void
  ) async throws(KubernetesError) {
    var context = try await currentContext()
    let response = try await openWatch(from: version, resource: context.resource)
    reflector.opened().forEach(tell)
    let start = ContinuousClock.now
    let encoding = BodyEncoding(response.headers)
    var ending = Reflector<Object>.Ending.closed
    do throws(KubernetesError) {
      var framer = WatchFramer(encoding: encoding)
      var chunks = response.body.makeAsyncIterator()
      while let chunk = try await WatchDriver.next(&chunks) {
        for frame in try framer.append(chunk) {
          let event =
            switch encoding {
            case .json: try WatchEvent<Object>.read(json: frame, &context)
            case .protobuf: try WatchEvent<Object>.read(protobuf: frame, &context)
            }
          if let event { reflector.received(event).forEach(tell) }
        }
      }
      if framer.isInsideFrame { ending = .lost }
    } catch {
      // A connection that breaks is found out by connecting again; an error of the server's own needs a new list.
      ending = error.code == .unreachable || error.isTransferCut ? .lost : .failed(error)
    }
    self.context = context
    if Task.isCancelled { return }
    reflector.ended(ending, lasted: .now - start, random: options.random()).forEach(tell)
  }

  private static func next(_ chunks: inout HTTPBody.Iterator) async throws(KubernetesError) -> [UInt8]? {
    do { return try await chunks.next() } catch {
      var failure = KubernetesError(error)
      failure.isTransferCut = true
      throw failure
    }
  }

  private mutating func openWatch(
    from version: String, resource: ResourceType
  ) async throws(KubernetesError) -> HTTPResponse {
    // The server ends a watch after five to ten minutes, so that many watches do not all return at once.
    let seconds = 300 + Int(300 * min(max(options.random(), 0), 1))
    let query =
      selectors + [
        ("watch", "1"), ("allowWatchBookmarks", "true"), ("resourceVersion", version),
        ("timeoutSeconds", String(seconds)),
      ]
    let path = resource.path(namespace: namespace)
    do {
      return try await client.open(
        "GET", path, query: query, accept: accept(streaming: true), silence: options.silence)
    } catch {
      guard mustFallBack(error) else { throw error }
      return try await client.open(
        "GET", path, query: query, accept: accept(streaming: true), silence: options.silence)
    }
  }

  private var selectors: [(String, String)] {
    var query: [(String, String)] = []
    if let selector = options.labelSelector { query.append(("labelSelector", selector)) }
    if let selector = options.fieldSelector { query.append(("fieldSelector", selector)) }
    return query
  }

  private func accept(streaming: Bool) -> String {
    guard asksForProtobuf else { return "application/json" }
    return "application/vnd.kubernetes.protobuf\(streaming ? ";stream=watch" : ""), application/json"
  }

  /// Whether the server took offence at protobuf; from then on it is asked for JSON.
  private mutating func mustFallBack(_ error: KubernetesError) -> Bool {
    guard asksForProtobuf, error.status == 406 || error.status == 415 else { return false }
    asksForProtobuf = false
    return true
  }

  private mutating func currentContext() async throws(KubernetesError) -> DecodingContext {
    if let context { return context }
    let resource: ResourceType
    if let fixedResource {
      resource = fixedResource
    } else if Object.self == EndpointSliceObject.self {
      resource = try await client.endpointResource()
    } else {
      resource = Object.defaultResource
    }
    let new = DecodingContext(resource: resource)
    context = new
    return new
  }
}
