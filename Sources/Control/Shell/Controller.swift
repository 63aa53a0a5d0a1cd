internal import DNSProviders
package import Federation
package import Logging
package import Resolution

/// The controller as it lives: feeds the core with what the world says, and does what the core asks.
///
/// ``run()`` holds every loop as a child task and ends when it is cancelled. Only this actor commits to the provider, one
/// batch of a service after the other, and of several services as many at once as the provider is best given.
package actor Controller {
  var core: ControlCore
  /// What this process is for; whether it may write now is ``mode``.
  let wanted: ControlMode
  /// Who may write; nil where no lease is kept, and this process knows itself alone.
  var election: LeaseElection?
  /// Why the lease could not be read last; one line.
  var leaseTrouble: String?
  let world: ControllerWorld
  let environment: String?
  let log: Logger
  var tally = ControllerTally()
  private var hasSettled = false
  private var isStopping = false
  /// Commits under way.
  private var committing = 0
  /// How often a process that only looks reads the zone, and the pause between two such reads.
  private var pace = LookingPace()
  private let nap = Nap()
  /// The newest event that the log has.
  private var lastNoted: Event?
  private let published = Broadcast<FederationSnapshot>()
  private let work: AsyncStream<Void>
  private let workSignal: AsyncStream<Void>.Continuation
  private let changes: AsyncStream<Void>
  private let changeSignal: AsyncStream<Void>.Continuation
  /// What happened, for whoever writes it down.
  let told: AsyncStream<Event>
  private let teller: AsyncStream<Event>.Continuation
  private let readBacks: AsyncStream<Batch>
  private let readBackQueue: AsyncStream<Batch>.Continuation

  /// - Parameter election: decides when this process may write, with the world's lease.
  package init(
    core: ControlCore, mode: ControlMode, world: ControllerWorld, election: LeaseElection? = nil, environment: String?,
    log: Logger
  ) {
    self.core = core
    self.wanted = mode
    self.election = election
    self.world = world
    self.environment = environment
    self.log = log
    // With a lease the audit begins when that is held.
    self.core.audit.isOn = mode == .lead && election == nil && world.audit != nil
    (work, workSignal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    (changes, changeSignal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    (told, teller) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(256))
    (readBacks, readBackQueue) = AsyncStream.makeStream(of: Batch.self, bufferingPolicy: .bufferingNewest(256))
  }

  /// Runs until cancelled.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      for observer in world.observers {
        group.addTask { await observer.observe { await self.receive($0) } }
      }
      if let directory = world.directory {
        group.addTask { await directory.run(gate: self.wanted == .lead ? self : nil) { await self.receive($0) } }
      }
      if let propagator = world.propagator { group.addTask { await propagator.run(gate: self) } }
      group.addTask { await self.pollProvider() }
      group.addTask { await self.hearProvider() }
      group.addTask { await self.applyPlans() }
      group.addTask { await self.publishSnapshots() }
      group.addTask { await self.passTime() }
      group.addTask { await self.readBackCommits() }
      group.addTask { await self.resolveHosts() }
      if let audit = world.audit {
        group.addTask { await audit.run { await self.adopt($0) } }
      }
      group.addTask { await self.keepLease() }
      if self.wanted == .lead { group.addTask { await self.reportOrders() } }
      group.addTask { await self.recordEvents() }
      group.addTask { await self.probeDataPlane() }
    }
    await giveLeaseBack()
  }

  /// Whether this process writes now.
  var mode: ControlMode {
    wanted == .lead && election?.mayWrite(at: world.uptime()) ?? true ? .lead : .observe
  }

  /// Begins nothing new, and returns when the commits that are on their way have ended.
  package func quiesce(within limit: Duration) async {
    isStopping = true
    let end = world.now() + limit
    while committing > 0, world.now() < end { try? await world.clock.sleep(for: .milliseconds(5)) }
  }

  /// Hands what is left of the audit over, after ``run()`` has ended.
  package func finishAudit(within limit: Duration) async {
    keepAudit()
    await world.audit?.finish(within: limit)
  }

  /// Takes an observation and wakes whoever has work because of it.
  package func receive(_ observation: Observation) {
    let revision = core.revision
    core.receive(observation, at: world.now())
    tally.note(observation, at: world.now())
    noteEvents()
    keepAudit()
    // A probe that says what the last one said is no reason to draw anything, or to look at the zone.
    guard core.revision != revision else { return }
    wake()
    // A zone without a version is taken apart each time it is read, which is no news in itself.
    if case .zone = observation, !core.hasWork { return }
    pace.noteChange(at: world.now())
    nap.end()
  }

  func wake() {
    workSignal.yield()
    changeSignal.yield()
  }

  /// Writes what happened since the last time to the log as well, so that a controller without a screen tells it too.
  func noteEvents() {
    let new = core.log.events.prefix { $0 != lastNoted }.reversed()
    lastNoted = core.log.events.first
    for entry in new {
      teller.yield(entry)
      log.info("\(entry.message)", metadata: core.logMetadata(of: entry))
    }
  }

  // MARK: The loops

  private func applyPlans() async {
    let most = max(1, world.provider.concurrentCommits)
    await withDiscardingTaskGroup { commits in
      for await _ in work {
        // With no room for another commit nothing moves before one ends.
        if committing < most { tally.beat(.apply, at: world.now()) }
        if core.isSettled, !hasSettled {
          hasSettled = true
          log.info("everything is read: \(core.services.count) services in \(core.members.count) clusters")
        }
        while !Task.isCancelled, !isStopping, committing < most,
          let action = core.nextAction(in: mode, at: world.now())
        {
          tally.beat(.apply, at: world.now())
          switch action {
          case .commit(let batch):
            committing += 1
            commits.addTask { await self.carryOut(batch) }
          case .read(let service, let names): await read(service, names)
          }
          noteEvents()
          keepAudit()
          changeSignal.yield()
        }
        keepAudit()
        changeSignal.yield()
      }
    }
  }

  /// Commits, and wakes the loop that had no room for more.
  private func carryOut(_ batch: Batch) async {
    await commit(batch)
    committing -= 1
    noteEvents()
    keepAudit()
    wake()
  }

  private func commit(_ batch: Batch) async {
    guard mode == .lead else {
      core.withheld(batch, at: world.now())
      return
    }
    core.intend(batch, at: world.now())
    // Written down before it is tried: whatever ends this process now, what it was about to do is known.
    keepAudit()
    await world.audit?.secure()
    // Asked at the last moment: this process may have been stopped for a minute since the batch was planned.
    guard mode == .lead else {
      core.failed(
        batch, ProviderError(.refused, "the lease ran out just before the commit, which was not sent"), at: world.now())
      return
    }
    do {
      let change = try await world.provider.commit(batch)
      core.committed(batch, as: change, at: world.now())
      readBackQueue.yield(batch)
    } catch {
      core.failed(batch, error, at: world.now())
    }
  }

  /// Hands what is to be kept to the audit's own thread.
  func keepAudit() {
    if core.audit.hasEntries { world.audit?.add(core.takeAudit()) }
  }

  private func adopt(_ records: [AuditRecord]) {
    core.audit.adopt(records)
    workSignal.yield()
  }

  private func read(_ service: ServiceKey, _ names: [DomainName]) async {
    do {
      let contents = try await world.provider.read(service, names: names)
      core.receive(.names(service, contents), at: world.now())
    } catch {
      core.failedToRead(service, error, at: world.now())
    }
  }

  private func pollProvider() async {
    while !Task.isCancelled {
      tally.beat(.poll, at: world.now())
      let isRead = await readZone()
      // Who does not write sees by reading alone what the leader has written.
      let pause: Duration =
        world.provider.isMetered ? .seconds(60) : mode == .lead ? .seconds(30) : LookingPace.lively
      try? await world.clock.sleep(for: isRead ? pause : .seconds(1))
      // What was said until now is in what follows; what is said from now on ends the pause.
      nap.clear()
      if isRead, !world.provider.isMetered, isCalm {
        await nap.take(LookingPace.calm - LookingPace.lively, on: world.clock)
      }
    }
  }

  /// Whether this process only looks, and nothing is under way that it should look at soon.
  private var isCalm: Bool {
    let now = world.now()
    return wanted == .observe && core.isSettled && pace.isCalm(at: now) && !core.isMoving(at: now)
  }

  /// Reads the zone when its server says that it has changed, besides the polls: what says so may get lost.
  private func hearProvider() async {
    guard let changes = world.zoneChanges else { return }
    for await _ in changes { _ = await readZone() }
  }

  private func readZone() async -> Bool {
    do {
      receive(.zone(try await world.provider.readZone()))
      return true
    } catch {
      receive(.providerFailed(error))
      return false
    }
  }

  private func publishSnapshots() async {
    for await _ in changes {
      tally.beat(.snapshots, at: world.now())
      guard !isCalm || pace.isPictureDue(core.revision, at: world.now()) else { continue }
      publish()
      // At most about thirty pictures a second: a burst of events is one redraw.
      try? await world.clock.sleep(for: .milliseconds(33))
    }
  }

  private func publish() {
    let now = world.now()
    // Said once and not as an age that runs, which would draw a picture every second.
    let age =
      wanted == .observe && !world.provider.isMetered ? ", at most \(LookingPace.calm.components.seconds) s old" : ""
    let picture = core.snapshot(
      provider: world.providerName + age, environment: environment, mode: mode, at: now)
    pace.noteShown(picture.revision, at: now)
    published.send(picture)
  }

  private func passTime() async {
    while !Task.isCancelled {
      followLease()
      core.tick(at: world.now())
      tally.beat(.time, at: world.now())
      noteEvents()
      keepAudit()
      wake()
      try? await world.clock.sleep(for: .seconds(1))
    }
  }

  private func readBackCommits() async {
    await withDiscardingTaskGroup { group in
      for await batch in readBacks {
        // A secondary that is behind keeps its own batch waiting, not the next ones.
        group.addTask { await self.confirm(batch) }
      }
    }
  }

  private func confirm(_ batch: Batch) async {
    let result = await world.readBack(batch)
    guard let generation = batch.next?.generation, !Task.isCancelled else { return }
    let count = ServerCount(agreeing: result.serving.count, asked: result.serving.count + result.behind.count)
    receive(.servers(batch.service, generation: generation, count))
    for lag in result.behind {
      receive(.lagging(batch.service, "\(lag.server) does not serve generation \(generation) yet: \(lag.reason)"))
    }
  }

  private func resolveHosts() async {
    while !Task.isCancelled {
      let hosts = core.hostnames
      await withTaskGroup(of: Observation?.self) { group in
        for host in hosts {
          group.addTask {
            (try? await self.world.hosts.addresses(of: host)).map { .host(host, $0.compactMap { IPAddress($0) }) }
          }
        }
        for await answer in group {
          if let answer { receive(answer) }
        }
      }
      let isMissing = core.hostnames.contains { core.hosts[$0] == nil }
      // At least once a TTL; what has no answer yet is asked for sooner.
      try? await world.clock.sleep(for: isMissing ? .seconds(2) : .seconds(Int64(max(5, core.federation.ttl / 2))))
    }
  }

  // MARK: What others ask

  /// Waits until enough is known to plan, or the time is over; answers the picture either way.
  package func settledSnapshot(within limit: Duration) async -> FederationSnapshot {
    let end = world.now() + limit
    while !core.isSettled || core.hasWork, world.now() < end, !Task.isCancelled {
      workSignal.yield()
      try? await world.clock.sleep(for: .milliseconds(20))
    }
    return core.snapshot(provider: world.providerName, environment: environment, mode: mode, at: world.now())
  }

  /// Whether everything needed to plan is known.
  package var isSettled: Bool { core.isSettled }

  /// What is still waited for; one line.
  package var waitingFor: String { core.waitingFor }

  /// The last plan of every service, or of one.
  package func plans(of service: ServiceKey?) -> [ServicePlan] {
    core.services.filter { service == nil || $0.key == service }.values.compactMap(\.plan)
  }

  private func previewNow(_ change: OrderChange) -> DrainPreview { core.preview(change, at: world.now()) }
}

extension Controller: FederationController {
  nonisolated package func snapshots() -> AsyncStream<FederationSnapshot> { published.stream() }

  package func preview(_ change: OrderChange) async -> DrainPreview { previewNow(change) }

  package func trace(_ name: DomainName, type: RecordType) async -> Trace { await world.trace(name, type) }

  package func perform(_ intent: Intent) async -> IntentResult {
    switch intent {
    case .place(let cordon, let planHash, let overrides):
      let preview = previewNow(.placing([cordon]))
      if let planHash, planHash != preview.planHash { return .changed(preview) }
      if let objection = preview.objections.first(where: { !overrides.contains($0.rule) }) {
        return .refused(
          objection.rule, "\(objection.why); override it by name with --override \(objection.rule.rawValue)")
      }
      return await world.orders.place(CordonRecord(cordon: cordon, overrides: overrides))
    case .uncordon(let target, let service):
      return await world.orders.lift(target, service: service)
    case .reconcile(let service):
      if mode == .lead {
        receive(.reconcile(service))
        return .done("reading \(service?.description ?? "every service") at the provider and planning it anew")
      }
      let keys = service.map { [$0] } ?? core.services.keys.sorted()
      return await world.orders.requestReconcile(keys, at: world.now())
    }
  }
}
