internal import Federation
internal import JSON
internal import Kubernetes

/// Keeps the shards of one cluster as the federation wants them, with its own queue, backoff and connections, so that a
/// cluster that is slow, dead or refuses keeps nobody else waiting.
///
/// It watches only Services that bear this federation's mark; others are read when they stand in the way, and adopted.
actor ShardKeeper {
  let cluster: String
  private let client: KubernetesClient
  private let federation: String
  private let queue = WorkQueue<ServiceKey>()
  private let report: @Sendable (ShardReport) async -> Void
  private let gate: any PropagationGate
  private let clock: any Clock<Duration>

  private var wishes: [ServiceKey: ShardWish] = [:]
  /// The Services that bear our mark, as last seen or written.
  private var shards: [ServiceKey: JSONValue] = [:]
  /// Whether the marked Services have been listed whole since the start (rule whole-reads).
  private(set) var isListed = false
  private var failures: [ServiceKey: Int] = [:]
  /// What the server made of our last word, where that is not what was asked for: asking again changes nothing.
  private var settled: [ServiceKey: (wish: ShardWish, content: JSONValue)] = [:]
  private var states: [ServiceKey: ShardState] = [:]
  /// Requests that change something, since the start.
  private(set) var calls = 0
  /// Services that are being worked on: a request about them may be on its way.
  private(set) var underWay = 0

  /// Requests on their way to one cluster at a time.
  static let workers = 4
  /// How often everything is looked at without being asked to.
  static let resync: Duration = .seconds(300)

  init(
    cluster: String, client: KubernetesClient, federation: String, clock: any Clock<Duration>,
    gate: any PropagationGate, report: @escaping @Sendable (ShardReport) async -> Void
  ) {
    self.cluster = cluster
    var client = client
    client.silenceTimeout = .seconds(10)
    self.client = client
    self.federation = federation
    self.clock = clock
    self.report = report
    self.gate = gate
  }

  /// Works until cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watch() }
      group.addTask { await self.passTime() }
      for _ in 0..<Self.workers {
        group.addTask {
          while let key = await self.queue.next() {
            await self.work(on: key)
            self.queue.done(key)
          }
        }
      }
    }
  }

  /// Says what is wanted about a service; nil wants nothing, and leaves what is there.
  func wish(_ wish: ShardWish?, for key: ServiceKey) async {
    guard wishes[key] != wish else { return }
    wishes[key] = wish
    failures[key] = nil
    if wish == nil {
      states[key] = nil
    } else {
      queue.add(key)
    }
  }

  /// The services that have a shard of ours here; nil while that is not known.
  var managed: Set<ServiceKey>? { isListed ? Set(shards.keys) : nil }

  /// Whether nothing of ours is here, and nothing on its way or wished for can bring it back.
  var isEmpty: Bool {
    let wantsShards = wishes.values.contains { if case .shard = $0 { true } else { false } }
    return isListed && shards.isEmpty && underWay == 0 && !wantsShards
  }

  /// How many of the services that are wished for are as they should be.
  var inStep: Int { wishes.keys.count { states[$0] == .inStep } }

  // MARK: What the cluster says

  private func watch() async {
    let options = WatchOptions(labelSelector: "\(FederationMarks.managed)=\(federation)")
    for await update in client.watch(CustomObject.self, resource: .services, options: options) {
      switch update {
      case .replaced(let objects): await replace(objects)
      case .applied(let object): await apply(object)
      case .removed(let key):
        shards[ServiceKey(key)] = nil
        await changed(ServiceKey(key))
      case .interrupted(let error): await interrupted(error)
      case .restored: for key in wishes.keys.sorted() { queue.add(key) }
      }
    }
  }

  private func replace(_ objects: [CustomObject]) async {
    let before = Set(shards.keys)
    let list = objects.map { (ServiceKey($0.key), $0.value) }
    shards = Dictionary(list) { $1 }
    isListed = true
    for key in before.union(shards.keys).union(wishes.keys).sorted() { await changed(key) }
  }

  private func apply(_ object: CustomObject) async {
    let key = ServiceKey(object.key)
    keep(object.value, as: key)
    await changed(key)
  }

  /// Takes a state of a shard unless a newer one is known: what we write and what the watch tells overtake one another.
  private func keep(_ object: JSONValue?, as key: ServiceKey) {
    if let object, let known = shards[key], object["metadata"]?["uid"] == known["metadata"]?["uid"],
      let heard = Self.version(object), let newest = Self.version(known), heard < newest
    {
      return
    }
    shards[key] = object
  }

  private func changed(_ key: ServiceKey) async {
    if wishes[key] != nil {
      queue.add(key)
    } else {
      await tell(key, .inStep)
    }
  }

  private func interrupted(_ error: KubernetesError) async {
    for key in wishes.keys.sorted() { await tell(key, ShardState(error, verb: "watch")) }
  }

  private static func version(_ object: JSONValue) -> UInt64? {
    object["metadata"]?["resourceVersion"]?.string.flatMap { UInt64($0) }
  }

  private func passTime() async {
    var sinceResync = ContinuousClock.now
    while !Task.isCancelled {
      queue.release(at: .now)
      if .now - sinceResync > Self.resync {
        sinceResync = .now
        settled = [:]
        for key in wishes.keys.sorted() { queue.add(key) }
      }
      try? await clock.sleep(for: .milliseconds(250))
    }
    queue.close()
  }

  // MARK: What we do

  private func work(on key: ServiceKey) async {
    guard let wish = wishes[key] else { return }
    // Before the first whole list nobody knows what is there; the list brings every key back.
    guard isListed else { return }
    underWay += 1
    defer { underWay -= 1 }
    guard await gate.mayWrite() else { return queue.add(key, at: .now + .seconds(1)) }
    guard wishes[key] == wish else { return queue.add(key) }
    do throws(KubernetesError) {
      let state = try await carryOut(wish, key)
      guard wishes[key] == wish else { return queue.add(key) }
      failures[key] = state == .leavingDNS ? failures[key] : nil
      if state == .leavingDNS { queue.add(key, at: .now + .milliseconds(500)) }
      await tell(key, state)
    } catch {
      await failed(key, error)
    }
  }

  private func carryOut(_ wish: ShardWish, _ key: ServiceKey) async throws(KubernetesError) -> ShardState {
    // Each step reads what the one before found: at most create, adopt, conform.
    for _ in 0..<4 {
      switch ShardPlanner.decide(wish, existing: shards[key], federation: federation) {
      case .none: return .inStep
      case .refuse(let why): return .refused(reason: "NotConformable", message: why)
      case .create(let object): try await create(object, key)
      case .update(let object, let differing):
        if let last = settled[key], last.wish == wish, last.content == Self.content(shards[key]) {
          return .refused(
            reason: "Altered", message: "the cluster changes \(differing.joined(separator: ", ")) of what it is given")
        }
        try await replace(object, wish, key)
      case .orphan(let object):
        guard await !gate.isPublished(key, in: cluster) else { return .leavingDNS }
        try await replace(object, wish, key)
        if let left = shards[key], ShardPlanner.keeper(of: left) != federation { shards[key] = nil }
      case .delete(let uid):
        guard await !gate.isPublished(key, in: cluster) else { return .leavingDNS }
        try await delete(uid, key)
        return .inStep
      case .recreate(let uid, let why):
        guard await !gate.isPublished(key, in: cluster) else { return .refused(reason: "Recreating", message: why) }
        try await delete(uid, key)
      }
    }
    return .pending
  }

  private func create(_ object: JSONValue, _ key: ServiceKey) async throws(KubernetesError) {
    calls += 1
    do {
      keep(try await client.create(.services, namespace: key.namespace, object), as: key)
    } catch {
      switch error.code {
      case .alreadyExists, .conflict:
        keep(try await client.get(.services, namespace: key.namespace, name: key.name), as: key)
      case .notFound:
        try await client.ensureNamespace(key.namespace)
        keep(try await client.create(.services, namespace: key.namespace, object), as: key)
      case .forbidden:
        // A quota or a webhook refuses to create before the server notices that there is one to adopt.
        guard let present = try? await current(key) else { throw error }
        keep(present, as: key)
      default: throw error
      }
    }
  }

  private func replace(_ object: JSONValue, _ wish: ShardWish, _ key: ServiceKey) async throws(KubernetesError) {
    calls += 1
    do {
      let stored = try await client.replace(.services, namespace: key.namespace, name: key.name, object)
      keep(stored, as: key)
      if case .update = ShardPlanner.decide(wish, existing: stored, federation: federation) {
        settled[key] = (wish, Self.content(stored))
      } else {
        settled[key] = nil
      }
    } catch {
      switch error.code {
      case .notFound: shards[key] = nil
      case .conflict: keep(try await current(key), as: key)
      default: throw error
      }
    }
  }

  private func delete(_ uid: String, _ key: ServiceKey) async throws(KubernetesError) {
    calls += 1
    do {
      try await client.delete(.services, namespace: key.namespace, name: key.name, uid: uid)
      keep(try await current(key), as: key)
    } catch {
      switch error.code {
      case .notFound: shards[key] = nil
      case .conflict: keep(try await current(key), as: key)
      default: throw error
      }
    }
  }

  /// What is there now, whoever it belongs to.
  private func current(_ key: ServiceKey) async throws(KubernetesError) -> JSONValue? {
    do {
      return try await client.get(.services, namespace: key.namespace, name: key.name)
    } catch {
      guard error.code == .notFound else { throw error }
      return nil
    }
  }

  private func failed(_ key: ServiceKey, _ error: KubernetesError) async {
    let count = min((failures[key] ?? 0) + 1, 12)
    failures[key] = count
    let wait = max(
      Backoff(base: .milliseconds(500), maximum: .seconds(30)).delay(failures: count, random: .random(in: 0.5..<1)),
      error.retryAfter ?? .zero)
    queue.add(key, at: .now + wait)
    await tell(key, ShardState(error, verb: "write"))
  }

  /// What of an object is compared to tell whether anything changed since.
  private static func content(_ object: JSONValue?) -> JSONValue {
    var metadata = object?["metadata"] ?? [:]
    metadata["resourceVersion"] = nil
    metadata["managedFields"] = nil
    return ["metadata": metadata, "spec": object?["spec"] ?? .null]
  }

  private func tell(_ key: ServiceKey, _ state: ShardState) async {
    states[key] = state
    await report(
      ShardReport(
        cluster: cluster, service: key, wish: wishes[key], state: state,
        ingress: shards[key].flatMap { ShardPlanner.keeper(of: $0) == federation ? IngressList.points(of: $0) : nil },
        isManaged: shards[key].map { ShardPlanner.keeper(of: $0) == federation } ?? false))
  }
}

/// What a keeper says of one shard.
struct ShardReport: Sendable, Hashable {
  var cluster: String
  var service: ServiceKey
  /// What was wanted when this was said.
  var wish: ShardWish?
  var state: ShardState
  /// The points at which the shard takes traffic; nil when there is no shard of ours.
  var ingress: Set<IngressPoint>?
  var isManaged: Bool
}

extension ShardState {
  /// What an error of the cluster's API means for a shard.
  init(_ error: KubernetesError, verb: String) {
    switch error.code {
    case .unreachable, .cancelled, .incomplete, .untrusted: self = .unreachable(error.description)
    case .forbidden where error.message.contains("exceeded quota"):
      self = .refused(reason: "QuotaExceeded", message: error.description)
    case .forbidden: self = .refused(reason: "Forbidden", message: error.description)
    case .unauthorized: self = .refused(reason: "Unauthorized", message: error.description)
    case .configuration: self = .refused(reason: "Credentials", message: error.description)
    case .unavailable: self = .refused(reason: "Unavailable", message: error.description)
    case .throttled: self = .refused(reason: "Throttled", message: error.description)
    default: self = .refused(reason: "Refused", message: error.description)
    }
  }
}
