import Control
import Federation

/// Walks what can happen to a lease, breadth first: requests and answers at any time, lost and late ones, a process that
/// sleeps as long as it likes, a lease that somebody deletes.
struct LeaseExplorer {
  let root: LeaseModel
  let losses: Int
  let deletions: Int

  struct Report {
    var states = 0
    var ticks = 0
    var isComplete = false
    /// Whether somebody led at some time: a walk in which nobody does proves nothing.
    var hasLeader = [false, false]
    var trace: [String]?
  }

  func run(atMost limit: Int, ticks most: Int) -> Report {
    var report = Report()
    var seen: Set<String> = [root.key]
    var worlds = [(world: root, parent: 0, move: "")]
    var next = 0
    while next < worlds.count, worlds.count < limit {
      for (move, world) in successors(of: worlds[next].world, ticks: most) {
        for index in 0..<2 where world.mayWrite(index) { report.hasLeader[index] = true }
        if world.mayWrite(0), world.mayWrite(1) {
          report.states = worlds.count
          report.trace = trace(worlds, next) + [move]
          return report
        }
        if seen.insert(world.key).inserted { worlds.append((world, next, move)) }
      }
      next += 1
    }
    report.states = worlds.count
    report.ticks = worlds[next - 1].world.ticks
    report.isComplete = next == worlds.count
    return report
  }

  private func successors(of world: LeaseModel, ticks: Int) -> [(String, LeaseModel)] {
    var found: [(String, LeaseModel)] = []
    func add(_ move: String, _ change: (inout LeaseModel) -> Void) {
      var next = world
      change(&next)
      found.append((move, next))
    }
    for (index, name) in ["A", "B"].enumerated() {
      if world.canAct(index) { add("\(name) acts") { $0.act(index) } }
      switch world.candidates[index].request {
      case .read?, .write?: add("\(name)'s request arrives") { _ = $0.arrive(index) }
      case .found?, .written?: add("\(name) gets its answer") { $0.answer(index) }
      case nil: continue
      }
      if world.losses < losses { add("\(name) gives up waiting") { $0.giveUp(index) } }
    }
    for index in world.strays.indices {
      add("a write that nobody waits for arrives") { _ = $0.store($0.strays.remove(at: index)) }
    }
    // Whoever has never seen the lease takes its absence for a first start and may lead at once: the fence guards that.
    let isKnown = (0..<2).allSatisfy {
      let election = world.candidates[$0].election
      return election.term != nil || election.otherHolder(at: world.uptime($0)) != nil
    }
    if world.lease != nil, isKnown, world.deletions < deletions {
      add("somebody deletes the lease") {
        $0.lease = nil
        $0.deletions += 1
      }
    }
    if world.ticks < ticks { add("time passes") { $0.ticks += 1 } }
    return found
  }

  private func trace(_ worlds: [(world: LeaseModel, parent: Int, move: String)], _ index: Int) -> [String] {
    var moves: [String] = []
    var current = index
    while current > 0 {
      moves.append(worlds[current].move)
      current = worlds[current].parent
    }
    return moves.reversed()
  }
}
