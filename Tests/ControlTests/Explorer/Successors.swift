import DNSProviders
import Federation

/// Everything that can happen next.
struct Successors {
  struct Found {
    var move: Move
    var state: ModelState
    var broken: Broken?
  }

  struct Broken {
    var promise: Promise
    var what: String
  }

  let world: SmallWorld
  let cores: CoreTable
  let zones: ZoneTable

  func of(_ state: ModelState) -> [Found] {
    var found: [Found] = []
    for writer in 0..<2 {
      guard state[writer].isAlive else {
        var next = state
        start(writer, &next)
        if !world.listsInHalves { hearEverything(writer, &next) }
        add(.start(writer: writer), next, &found)
        continue
      }
      hear(writer, state, &found)
      act(writer, state, &found)
      if state.crashes < world.crashes {
        var next = state
        next[writer] = .init(core: -1)
        next.abandon(writer)
        next.crashes += 1
        add(.crash(writer: writer), next, &found)
      }
    }
    for slot in 0..<4 where state.requests[slot] >= 0 { arrive(slot, state, &found) }
    return found
  }

  /// Starts a writer that knows nothing but what is declared and published.
  func start(_ writer: Int, _ state: inout ModelState) {
    state[writer] = .init(
      core: Int32(cores.started(writer, zone: Int(state.zone), isDeleted: state.isDeleted)))
    state[writer].heardDeletion = state.isDeleted
  }

  /// Lets a writer hear all that every cluster has to say now.
  func hearEverything(_ writer: Int, _ state: inout ModelState) {
    for cluster in world.clusters.indices {
      let step = world.clusters[cluster].steps[state.truth(of: cluster)]
      for input in [CoreInput.halfList(cluster, step), .fullList(cluster, step)] { tell(writer, input, &state) }
      state[writer].hear(cluster, 2 + state.truth(of: cluster))
    }
  }

  private func tell(_ writer: Int, _ input: CoreInput, _ state: inout ModelState) {
    state[writer].core = Int32(cores.step(Int(state[writer].core), input).core)
  }

  // MARK: What a writer hears

  private func hear(_ writer: Int, _ state: ModelState, _ found: inout [Found]) {
    for (cluster, script) in world.clusters.enumerated() {
      var next = state
      let heard = state[writer].heard(cluster)
      let now = script.steps[state.truth(of: cluster)]
      switch heard {
      case 0:
        tell(writer, .halfList(cluster, now), &next)
        next[writer].hear(cluster, 1)
      case 1:
        tell(writer, .fullList(cluster, now), &next)
        next[writer].hear(cluster, 2 + state.truth(of: cluster))
      default:
        let step = heard - 1
        guard step < script.steps.count else { continue }
        tell(writer, .step(cluster, from: script.steps[step - 1], to: script.steps[step]), &next)
        next[writer].hear(cluster, heard + 1)
        if step > state.truth(of: cluster) { next.happen(cluster, step: step) }
      }
      add(.hear(writer: writer, cluster: cluster), next, &found)
    }
    if world.canBeDeleted, !state[writer].heardDeletion {
      var next = state
      next.isDeleted = true
      next[writer].heardDeletion = true
      tell(writer, .deleted, &next)
      add(.hearDeletion(writer: writer), next, &found)
    }
    if state[writer].poll >= 0 {
      var next = state
      tell(writer, .zone(Int(state[writer].poll)), &next)
      next[writer].poll = -1
      add(.pollArrives(writer: writer), next, &found)
    } else if state.polls < world.polls {
      var next = state
      next[writer].poll = state.zone
      next.polls += 1
      add(.beginPoll(writer: writer), next, &found)
    }
  }

  // MARK: What a writer does

  private func act(_ writer: Int, _ state: ModelState, _ found: inout [Found]) {
    var next = state
    switch state[writer].pending {
    case .nothing: plan(writer, state, &found)
    case .names(let zone):
      tell(writer, .names(zone: Int(zone)), &next)
      next[writer].pending = .nothing
      add(.namesArrive(writer: writer), next, &found)
      if state.losses < world.losses {
        var next = state
        tell(writer, .readFailed, &next)
        next[writer].pending = .nothing
        next.losses += 1
        add(.namesLost(writer: writer), next, &found)
      }
    case .reply(let batch):
      guard state.losses < world.losses else { break }
      tell(writer, .unanswered(batch: Int(batch)), &next)
      next[writer].pending = .nothing
      next.abandon(writer)
      next.losses += 1
      add(.giveUp(writer: writer), next, &found)
    }
    let waited = cores.step(Int(state[writer].core), .waited).core
    if waited != Int(state[writer].core) {
      var next = state
      next[writer].core = Int32(waited)
      add(.waited(writer: writer), next, &found)
    }
  }

  private func plan(_ writer: Int, _ state: ModelState, _ found: inout [Found]) {
    let outcome = cores.step(Int(state[writer].core), .plan)
    var next = state
    next[writer].core = Int32(outcome.core)
    switch outcome.request {
    case .none: guard outcome.core != Int(state[writer].core) else { return }
    case .read: next[writer].pending = .names(zone: state.zone)
    case .commit(let batch):
      guard state.hasRoom else { return }
      next[writer].pending = .reply(batch: Int32(batch))
      next.send(.init(batch: batch, writer: writer))
      add(.plan(writer: writer), next, &found, breach(of: batch, by: writer, state))
      return
    }
    add(.plan(writer: writer), next, &found)
  }

  /// What is wrong with planning at all.
  private func breach(of batch: Int, by writer: Int, _ state: ModelState) -> Broken? {
    if zones.batch(batch).changes.isEmpty { return Broken(promise: .idempotent, what: "a batch changes nothing") }
    let silent = world.clusters.indices.filter { cluster in
      let heard = state[writer].heard(cluster)
      return heard > 1 && world.clusters[cluster].steps[heard - 2].isSilent
    }
    guard Double(silent.count) > world.limits.observerLossShare * Double(world.clusters.count) else { return nil }
    return Broken(promise: .failStatic, what: "a writer that hears \(silent.count) clusters no more changes names")
  }

  // MARK: What the provider does

  private func arrive(_ slot: Int, _ state: ModelState, _ found: inout [Found]) {
    let request = ModelState.Request(number: state.requests[slot])
    let outcome = zones.deliver(request.batch, to: Int(state.zone))
    var next = state
    next.remove(at: slot)
    next.zone = Int32(outcome.zone)
    let broken = breach(outcome, state)
    guard request.isAwaited else {
      add(.deliver(slot: slot), next, &found, broken)
      return
    }
    next[request.writer].pending = .nothing
    var answered = next
    tell(
      request.writer, outcome.isDone ? .committed(batch: request.batch) : .fenced(batch: request.batch), &answered)
    add(.deliver(slot: slot), answered, &found, broken)
    guard state.losses < world.losses else { return }
    tell(request.writer, .unanswered(batch: request.batch), &next)
    next.losses += 1
    add(.deliverLosingReply(slot: slot), next, &found, broken)
  }

  // MARK: What must hold

  func breach(_ state: ModelState) -> Broken? { breach(zones.facts(Int(state.zone)), state) }

  private func add(_ move: Move, _ state: ModelState, _ found: inout [Found], _ broken: Broken? = nil) {
    var state = state
    let facts = zones.facts(Int(state.zone))
    let breach = broken ?? breach(facts, state)
    state.answered |= facts.answering
    state.served |= facts.serving
    found.append(Found(move: move, state: state, broken: breach))
  }

  private func breach(_ outcome: DeliveryOutcome, _ state: ModelState) -> Broken? {
    for facts in outcome.between {
      if let broken = breach(facts, state) { return Broken(promise: broken.promise, what: broken.what + " in between") }
    }
    return outcome.isUnfenced ? Broken(promise: .fenced, what: "a batch changed a generation it did not know") : nil
  }

  private func breach(_ facts: ZoneFacts, _ state: ModelState) -> Broken? {
    if !facts.isForeignWhole { return Broken(promise: .owned, what: "somebody else's records are changed or gone") }
    let missing = state.isDeleted ? 0 : state.answered & ~facts.answering
    if missing == 0, let name = facts.dangling { return Broken(promise: .noDangling, what: "\(name) leads nowhere") }
    guard !state.isDeleted else { return nil }
    if missing != 0 {
      return Broken(promise: .neverEmpty, what: "\(world.names[missing.trailingZeroBitCount]) gives nothing any more")
    }
    let gone = state.served & ~facts.serving & healthy(state)
    guard gone != 0 else { return nil }
    return Broken(
      promise: .noFalseRemoval, what: "\(world.clusters[gone.trailingZeroBitCount].name) is healthy and left DNS")
  }

  /// The clusters whose shard has been ready in truth from the beginning until now.
  private func healthy(_ state: ModelState) -> UInt32 {
    var mask: UInt32 = 0
    for (index, script) in world.clusters.enumerated()
    where script.steps[...state.truth(of: index)].allSatisfy({ $0.ready > 0 }) {
      mask |= 1 << UInt32(index)
    }
    return mask
  }
}
