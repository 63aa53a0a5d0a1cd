internal import Federation
internal import JSON
package import Kubernetes
package import Logging

/// Carries the federated services into the member clusters and their shards' addresses back, for as long as it runs.
///
/// One ``ShardKeeper`` a cluster does the work there; here the federated objects are watched, given their finalizer,
/// told apart by cluster selectors, and told what became of their shards.
package actor Propagator {
  let federation: String
  let client: KubernetesClient
  let selection: Configuration.ServiceSelection
  let patience: Duration
  let events: EventRecorder
  let log: Logger
  let clock: any Clock<Duration>
  var gate: (any PropagationGate)?

  /// The federated services that are ours to carry, deleted ones with our finalizer among them.
  var services: [ServiceKey: JSONValue] = [:]
  var isListed = false
  var clusters: [String: Cluster] = [:]
  var members: [String: Attached] = [:]
  /// Members on their way out, each with whether its shards are left there.
  var leaving: [String: Bool] = [:]
  var reports: [ServiceKey: [String: ShardReport]] = [:]
  var deletions: [ServiceKey: ContinuousClock.Instant] = [:]
  /// Services that were deleted with `--cascade=orphan`: the finalizer that says so may be gone when its turn comes.
  var orphaned: Set<ServiceKey> = []
  var failures: [ServiceKey: Int] = [:]
  let leftBehind: LeftBehind
  let queue = WorkQueue<ServiceKey>()
  /// Requests that change something at the federation API, since the start.
  var ownCalls = 0

  /// A member cluster's keeper and the task that it runs in, which is cancelled when the cluster leaves.
  struct Attached {
    var keeper: ShardKeeper
    var access: KubernetesClient
    var running: Task<Void, Never>?
  }

  /// - Parameter patience: how long a deletion waits for a cluster that cannot be reached or refuses.
  package init(
    federation: String, client: KubernetesClient, selection: Configuration.ServiceSelection, patience: Duration,
    events: EventRecorder, log: Logger, clock: any Clock<Duration>
  ) {
    self.federation = federation
    self.client = client
    self.selection = selection
    self.patience = patience
    self.events = events
    self.log = log
    self.clock = clock
    leftBehind = LeftBehind(client: client, federation: federation)
  }

  /// Works until cancelled.
  package func run(gate: any PropagationGate) async {
    self.gate = gate
    await lookAtClusters()
    for (name, member) in members where member.running == nil { start(name, member.access) }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watch() }
      group.addTask { await self.passTime() }
      for _ in 0..<4 {
        group.addTask {
          while let key = await self.queue.next() {
            await self.work(on: key)
            self.queue.done(key)
          }
        }
      }
    }
    for member in members.values { member.running?.cancel() }
    for member in members.values { await member.running?.value }
  }

  /// Requests that change something, here and in the clusters, since the start.
  package var calls: Int {
    get async {
      var sum = ownCalls
      for member in members.values { sum += await member.keeper.calls }
      return sum
    }
  }

  /// Whether so many services are as they should be in so many clusters.
  package func isInStep(services: Int, clusters: Int) async -> Bool {
    guard self.services.count == services, members.count == clusters else { return false }
    for member in members.values where await member.keeper.inStep != services { return false }
    return true
  }

  // MARK: Members

  /// Takes a cluster in, or gives a known one another access.
  package func attach(_ name: String, _ client: KubernetesClient) async {
    members[name]?.running?.cancel()
    leaving[name] = nil
    start(name, client)
    for key in services.keys.sorted() { queue.add(key) }
  }

  /// Begins to take what we keep out of a cluster; ``hasLeft(_:)`` tells when that is done.
  package func leave(_ name: String, orphan: Bool) async {
    guard let member = members[name], leaving[name] != orphan else { return }
    leaving[name] = orphan
    let keys = services.keys.sorted()
    // Said at once: until its turn comes in the queue, a service would still be wished for there.
    for key in keys { await member.keeper.wish(.nothing(orphan: orphan), for: key) }
    for key in keys { queue.add(key) }
  }

  /// Whether nothing of ours is left in a cluster, nor on its way there.
  package func hasLeft(_ name: String) async -> Bool {
    guard let member = members[name] else { return true }
    return await member.keeper.isEmpty
  }

  /// Lets a cluster go, with whatever is still there.
  package func detach(_ name: String) {
    members.removeValue(forKey: name)?.running?.cancel()
    leaving[name] = nil
    for key in reports.keys.sorted() where reports[key]?.removeValue(forKey: name) != nil { queue.add(key) }
  }

  private func start(_ name: String, _ client: KubernetesClient) {
    guard let gate else {
      members[name] = Attached(keeper: keeper(name, client, NoGate()), access: client, running: nil)
      return
    }
    let keeper = keeper(name, client, gate)
    // Owned here: cancelled when the cluster leaves, and when `run` ends.
    members[name] = Attached(keeper: keeper, access: client, running: Task { await keeper.run() })
  }

  private func keeper(_ name: String, _ client: KubernetesClient, _ gate: any PropagationGate) -> ShardKeeper {
    ShardKeeper(cluster: name, client: client, federation: federation, clock: clock, gate: gate) { [weak self] in
      await self?.receive($0)
    }
  }

  func receive(_ report: ShardReport) async {
    guard members[report.cluster] != nil else { return }
    let before = reports[report.service]?[report.cluster]
    guard before != report else { return }
    reports[report.service, default: [:]][report.cluster] = report
    if let complaint = report.state.complaint, before?.state.complaint?.message != complaint.message,
      let object = services[report.service]
    {
      await events.record(
        .warning, "Shard\(complaint.reason)", "\(report.cluster): \(complaint.message)", about: Self.reference(object))
      log.warning("\(complaint.message)", metadata: ["shard": "\(report.cluster)/\(report.service)"])
    }
    // Thirteen shards that answer at about the same time are one write; while some have not answered, more is to come.
    let known = reports[report.service] ?? [:]
    let isWhole = members.keys.allSatisfy { known[$0].map { $0.state != .pending } ?? false }
    queue.add(report.service, at: .now + (isWhole ? .milliseconds(100) : .seconds(2)))
  }

  // MARK: The federation API

  private func watch() async {
    for await update in client.watch(CustomObject.self, resource: .services, options: Self.everyState) {
      switch update {
      case .replaced(let objects):
        let list = objects.map { (ServiceKey($0.key), $0.value) }.filter { isOurs($0.1) }
        let gone = Set(services.keys).subtracting(list.map(\.0))
        services = Dictionary(list) { $1 }
        isListed = true
        for key in gone.union(services.keys).sorted() { queue.add(key) }
      case .applied(let object):
        if Self.isDeleting(object.value), Self.finalizers(object.value).contains(FederationMarks.orphanFinalizer) {
          orphaned.insert(ServiceKey(object.key))
        } else if !Self.isDeleting(object.value) {
          orphaned.remove(ServiceKey(object.key))
        }
        services[ServiceKey(object.key)] = isOurs(object.value) ? object.value : nil
        queue.add(ServiceKey(object.key))
      case .removed(let key):
        services[ServiceKey(key)] = nil
        orphaned.remove(ServiceKey(key))
        queue.add(ServiceKey(key))
      default: break
      }
    }
  }

  /// `--cascade=orphan` is a finalizer that may be gone again in the next state.
  private static let everyState = WatchOptions(keepsEveryState: true)

  /// Whether a Service is carried: it is selected, or is deleted and waits for us.
  private func isOurs(_ object: JSONValue) -> Bool {
    if Self.isDeleting(object) { return Self.finalizers(object).contains(FederationMarks.shards) }
    let metadata = object["metadata"]
    return selection.selects(
      ServiceKey(namespace: metadata?["namespace"]?.string ?? "", name: metadata?["name"]?.string ?? ""),
      labels: ServiceTemplate.texts(metadata?["labels"]))
  }

  private func passTime() async {
    var ticks = 0
    while !Task.isCancelled {
      queue.release(at: .now)
      if ticks % 4 == 0 {
        await lookAtClusters()
        await removeLeftBehind()
        for key in deletions.keys { queue.add(key) }
      }
      ticks += 1
      try? await clock.sleep(for: .milliseconds(250))
    }
    queue.close()
  }

  private func lookAtClusters() async {
    guard let gate else { return }
    let now = Dictionary(await gate.clusters().map { ($0.name, $0) }) { $1 }
    guard now != clusters else { return }
    clusters = now
    for key in services.keys.sorted() { queue.add(key) }
  }

  static func isDeleting(_ object: JSONValue) -> Bool { object["metadata"]?["deletionTimestamp"] != nil }

  static func finalizers(_ object: JSONValue) -> [String] {
    (object["metadata"]?["finalizers"]?.array ?? []).compactMap(\.string)
  }

  static func reference(_ object: JSONValue) -> JSONValue {
    var reference: JSONValue = ["apiVersion": "v1", "kind": "Service"]
    for field in ["namespace", "name", "uid"] { reference[field] = object["metadata"]?[field] }
    return reference
  }
}

/// Lets nothing happen.
private struct NoGate: PropagationGate {
  func mayWrite() async -> Bool { false }
  func clusters() async -> [Cluster] { [] }
  func isPublished(_ service: ServiceKey, in cluster: String) async -> Bool { true }
  func namesAreGone(_ service: ServiceKey) async -> Bool { false }
}
