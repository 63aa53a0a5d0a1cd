import DNSProviders
import Federation

/// Tells a history in words, each step with what it did.
struct Narrator {
  let world: SmallWorld
  let cores: CoreTable
  let zones: ZoneTable

  func tell(_ move: Move, from old: ModelState, to new: ModelState) -> String {
    switch move {
    case .hear(let writer, let cluster): return "\(name(writer)) hears \(heard(writer, cluster, new))"
    case .hearDeletion(let writer): return "\(name(writer)) hears that the service was deleted"
    case .plan(let writer):
      switch new[writer].pending {
      case .nothing: return "\(name(writer)) plans, and has nothing to do"
      case .names: return "\(name(writer)) reads the service's names"
      case .reply(let batch): return "\(name(writer)) plans and sends \(summary(Int(batch)))"
      }
    case .deliver(let slot): return "\(arrival(slot, old, new)); the writer is told if it still waits"
    case .deliverLosingReply(let slot): return "\(arrival(slot, old, new)); the reply is lost"
    case .giveUp(let writer): return "\(name(writer)) waits no longer for an answer; its request is still on its way"
    case .namesArrive(let writer): return "\(name(writer)) gets the names it read"
    case .namesLost(let writer): return "\(name(writer)) gets no answer to its read"
    case .beginPoll(let writer): return "a read of the whole zone begins for \(name(writer))"
    case .pollArrives(let writer): return "\(name(writer)) gets the whole zone as it was read"
    case .waited(let writer): return "\(name(writer)) has waited"
    case .crash(let writer): return "\(name(writer)) dies"
    case .start(let writer): return "\(name(writer)) starts, and reads the zone"
    }
  }

  private func name(_ writer: Int) -> String { writer == 0 ? "A" : "B" }

  private func heard(_ writer: Int, _ cluster: Int, _ state: ModelState) -> String {
    let script = world.clusters[cluster]
    let heard = state[writer].heard(cluster)
    if heard == 1 { return "from \(script.name) that it answers and what services it has" }
    guard heard > 1 else { return "nothing" }
    let step = script.steps[heard - 2]
    if step.isSilent { return "nothing from \(script.name) any more" }
    if step.listsNothing { return "an empty list from \(script.name)" }
    return "from \(script.name): \(step.ready) ready"
  }

  private func arrival(_ slot: Int, _ old: ModelState, _ new: ModelState) -> String {
    let request = ModelState.Request(number: old.requests[slot])
    let outcome = zones.deliver(request.batch, to: Int(old.zone))
    return "\(name(request.writer))'s \(summary(request.batch)) "
      + (outcome.isDone ? "is carried out" : "arrives and is refused by the fence")
  }

  private func summary(_ number: Int) -> String {
    let batch = zones.batch(number)
    let changes = batch.changes.map { change in
      let side = change.after.map { "\($0.type.rawValue) \($0.values.joined(separator: " "))" } ?? "nothing"
      return "\(change.name.text.split(separator: ".svc.").last ?? "") → \(side)"
    }
    return "batch #\(number) (generation \(batch.expected?.generation ?? 0)"
      + " → \(batch.next?.generation ?? 0): \(changes.joined(separator: ", ")))"
  }
}
