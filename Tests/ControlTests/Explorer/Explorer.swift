/// Walks every history of a small world, breadth first, so that the first violation found is one of the shortest.
struct Explorer {
  /// What a walk found.
  struct Report {
    /// Different states of the whole, of planners, and of the zone.
    var states = 0
    var planners = 0
    var zones = 0
    /// Steps from the beginning that were walked in whole.
    var depth = 0
    /// Whether every history was walked to its end.
    var isComplete = false
    var violation: Violation?
  }

  let world: SmallWorld
  let cores: CoreTable
  let zones: ZoneTable
  let steps: Successors
  private var seen: [ModelState: Int32] = [:]
  private var states: [ModelState] = []
  private var parents: [(state: Int32, move: Move)] = []

  init(_ world: SmallWorld, without gap: Gap? = nil) {
    self.world = world
    zones = ZoneTable(world, gap?.weakness)
    cores = CoreTable(world, zones, identities: ["A/1", "B/1"], without: gap?.rule)
    steps = Successors(world: world, cores: cores, zones: zones)
  }

  /// Walks until everything was seen, or as many states or as many steps as given, or a promise was broken.
  mutating func run(atMost limit: Int, depth most: Int) throws -> Report {
    var report = Report()
    let root = try beginning()
    _ = add(root, from: 0, by: .waited(writer: 0))
    if let broken = steps.breach(root) {
      report.violation = Violation(
        promise: broken.promise, what: broken.what, trace: ["A publishes the service for the first time"])
      return finished(report)
    }
    var begin = 0
    while begin < states.count, report.depth < most, states.count < limit {
      let end = states.count
      for index in begin..<end {
        for found in steps.of(states[index]) {
          guard let broken = found.broken else {
            _ = add(found.state, from: Int32(index), by: found.move)
            continue
          }
          report.violation = Violation(
            promise: broken.promise, what: broken.what, trace: trace(to: index) + [tell(found, from: states[index])])
          return finished(report)
        }
        if states.count >= limit { return finished(report) }
      }
      begin = end
      report.depth += 1
    }
    report.isComplete = begin == states.count
    return finished(report)
  }

  private func finished(_ report: Report) -> Report {
    var report = report
    report.states = states.count
    report.planners = cores.count
    report.zones = zones.count
    return report
  }

  private mutating func add(_ state: ModelState, from parent: Int32, by move: Move) -> Bool {
    guard seen[state] == nil else { return false }
    seen[state] = Int32(states.count)
    states.append(state)
    parents.append((parent, move))
    return true
  }

  /// Both writers know everything; what A published is there, and nothing is on its way.
  private func beginning() throws -> ModelState {
    var state = ModelState(
      zone: Int32(try zones.beginning()), first: .init(core: -1), second: .init(core: -1))
    steps.start(0, &state)
    steps.hearEverything(0, &state)
    guard !world.startsEmpty else {
      steps.start(1, &state)
      steps.hearEverything(1, &state)
      return state
    }
    let planned = cores.step(Int(state.first.core), .plan)
    if case .commit(let batch) = planned.request {
      state.zone = Int32(zones.deliver(batch, to: Int(state.zone)).zone)
      state.first.core = Int32(cores.step(planned.core, .committed(batch: batch)).core)
      state.first.core = Int32(cores.step(Int(state.first.core), .plan).core)
    }
    steps.start(1, &state)
    steps.hearEverything(1, &state)
    state.second.core = Int32(cores.step(Int(state.second.core), .plan).core)
    let facts = zones.facts(Int(state.zone))
    state.answered = facts.answering
    state.served = facts.serving
    return state
  }

  private func trace(to index: Int) -> [String] {
    var lines: [String] = []
    var current = index
    while current > 0 {
      let (parent, move) = parents[current]
      lines.append(
        Narrator(world: world, cores: cores, zones: zones).tell(
          move, from: states[Int(parent)], to: states[current]))
      current = Int(parent)
    }
    return lines.reversed()
  }

  private func tell(_ found: Successors.Found, from state: ModelState) -> String {
    Narrator(world: world, cores: cores, zones: zones).tell(found.move, from: state, to: found.state)
  }
}
