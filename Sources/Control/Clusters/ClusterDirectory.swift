internal import Federation
internal import JSON
package import Kubernetes
package import Logging

/// The members of the federation, as they come and go: those of the configuration, and those that `Cluster` objects at
/// the federation API name.
///
/// Each member is watched and probed in a task of its own from the moment it is known. A member leaves only by the
/// deletion of its object, never because it is missing from a list (rule whole-reads), and only after its addresses have
/// left DNS.
package actor ClusterDirectory {
  let federation: KubernetesClient
  let credentials: any ClusterCredentials
  let propagator: Propagator?
  let events: EventRecorder
  let log: Logger
  let clock: any Clock<Duration>
  let connect: @Sendable (ClusterAccess) -> KubernetesClient
  /// How long a cluster that does not answer is waited for when it leaves.
  let patience: Duration
  /// Whether this process decides nothing by what the clusters say.
  let onlyLooks: Bool
  var report: (@Sendable (Observation) async -> Void)?

  var members: [String: Running] = [:]
  /// The `Cluster` objects, by object name.
  var objects: [String: ClusterObject] = [:]
  var isListed = false
  var leavingSince: [String: ContinuousClock.Instant] = [:]
  var versions: [String: String] = [:]
  var troubles: [String: String] = [:]

  /// A member and the task that observes it, which is cancelled when the member leaves.
  struct Running {
    var client: KubernetesClient
    var isConfigured: Bool
    /// What of the object the credentials were taken from; another one connects anew.
    var origin: JSONValue?
    var task: Task<Void, Never>?
    /// Whether services are carried there.
    var isCarried = false
  }

  private let configured: [(member: Configuration.Member, client: KubernetesClient)]

  package init(
    configured: [(member: Configuration.Member, client: KubernetesClient)], federation: KubernetesClient,
    credentials: any ClusterCredentials, propagator: Propagator?, events: EventRecorder, patience: Duration,
    onlyLooks: Bool,
    log: Logger, clock: any Clock<Duration>, connect: @escaping @Sendable (ClusterAccess) -> KubernetesClient
  ) {
    self.configured = configured
    self.federation = federation
    self.credentials = credentials
    self.propagator = propagator
    self.events = events
    self.patience = patience
    self.onlyLooks = onlyLooks
    self.log = log
    self.clock = clock
    self.connect = connect
  }

  /// Runs until cancelled.
  ///
  /// - Parameter gate: what is asked before anything is written; nil where nothing is ever written.
  package func run(gate: (any MembershipGate)?, _ report: @escaping @Sendable (Observation) async -> Void) async {
    self.report = report
    for entry in configured { await start(entry.member.context, entry.client, isConfigured: true, origin: nil) }
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.watch() }
      if let gate { group.addTask { await self.keepObjects(gate) } }
    }
    for member in members.values { member.task?.cancel() }
    for member in members.values { await member.task?.value }
  }

  // MARK: Members

  private func start(_ name: String, _ client: KubernetesClient, isConfigured: Bool, origin: JSONValue?) async {
    guard let report else { return }
    members[name]?.task?.cancel()
    let observer = ClusterObserver(
      name: name, client: client, clock: clock, unreachableAfter: patience, onlyLooks: onlyLooks)
    // Owned here: cancelled when the member leaves, and when `run` ends.
    let task = Task { await observer.observe(report) }
    members[name] = Running(client: client, isConfigured: isConfigured, origin: origin, task: task)
    await carry(name)
  }

  /// Has services carried to a member, once its deletion cannot be missed: no shard comes before the finalizer.
  private func carry(_ name: String) async {
    guard let member = members[name], !member.isCarried,
      member.isConfigured || objects[name]?.finalizers.contains(FederationMarks.member) == true
    else { return }
    members[name]?.isCarried = true
    await propagator?.attach(name, member.client)
  }

  private func watch() async {
    for await update in federation.watch(CustomObject.self, resource: ClusterObject.resource) {
      switch update {
      case .replaced(let list):
        for object in list.compactMap({ ClusterObject($0.value) }) { await take(object) }
        isListed = true
        await report?(.membership(.listed))
      case .applied(let object):
        if let cluster = ClusterObject(object.value) { await take(cluster) }
      case .removed(let key): await removed(key.name)
      case .interrupted(let error) where error.code == .notFound:
        // The API server does not know clusters: there are none but those of the configuration.
        await report?(.membership(.listed))
      case .interrupted, .restored: break
      }
    }
  }

  private func take(_ object: ClusterObject) async {
    objects[object.name] = object
    // A configured member may have a name that no object can have.
    if let member = members.keys.first(where: { ClusterObject.objectName($0) == object.name }) {
      await report?(.membership(.labelled(member, object.labels)))
    }
    guard !object.isConfigured, members[object.name]?.isConfigured != true else { return }
    if object.isDeleting {
      guard leavingSince[object.name] == nil else { return }
      if members[object.name] == nil {
        // A process that begins while a cluster leaves takes it up, to let it go in order.
        guard object.finalizers.contains(FederationMarks.member) else { return }
        await join(object)
      }
      leavingSince[object.name] = .now
      await report?(.membership(.leaving(object.name)))
      await propagator?.leave(object.name, orphan: object.orphansShards)
      return
    }
    leavingSince[object.name] = nil
    await join(object)
  }

  private func join(_ object: ClusterObject) async {
    await report?(
      .membership(.joined(Configuration.Member(context: object.name, region: object.region, zones: object.zones))))
    await report?(.membership(.labelled(object.name, object.labels)))
    await connect(object)
  }

  /// Connects to a joined cluster, unless that was done with the same words before.
  func connect(_ object: ClusterObject) async {
    let origin = object.value["spec"]
    if let member = members[object.name], member.origin == origin { return await carry(object.name) }
    do throws(KubernetesError) {
      let access = try await credentials.access(to: object)
      troubles[object.name] = nil
      await start(object.name, connect(access), isConfigured: false, origin: origin)
    } catch {
      guard troubles[object.name] != error.description else { return }
      troubles[object.name] = error.description
      log.warning("\(error.description)", metadata: ["cluster": "\(object.name)"])
      // Three times, since that is how often a probe must fail to be believed.
      for _ in 0..<3 { await report?(.cluster(object.name, .probe(.unreachable(error.description)))) }
    }
  }

  /// The deletion of an object was seen.
  private func removed(_ name: String) async {
    guard let object = objects.removeValue(forKey: name), !object.isConfigured,
      members[name]?.isConfigured != true
    else { return }
    await leave(name)
  }

  func leave(_ name: String) async {
    members.removeValue(forKey: name)?.task?.cancel()
    leavingSince[name] = nil
    versions[name] = nil
    troubles[name] = nil
    await propagator?.detach(name)
    await report?(.membership(.left(name)))
  }
}

/// What the directory asks of the controller.
package protocol MembershipGate: Sendable {
  /// Whether this process is the one that writes now (rule single-writer).
  func mayWrite() async -> Bool
  /// The members as they are judged now, by name.
  func memberStatuses() async -> [ClusterStatus]
  /// Whether an address that only this cluster has is in DNS still.
  func isPublished(_ cluster: String) async -> Bool
}
