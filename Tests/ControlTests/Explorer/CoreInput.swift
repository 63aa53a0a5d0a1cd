import Control
import DNSProviders
import Federation

/// One thing that a planner is told, small enough to be remembered together with the state it led to.
enum CoreInput: Hashable {
  /// The first half of a cluster's lists: that it answers, and its services.
  case halfList(Int, SmallWorld.Step)
  case fullList(Int, SmallWorld.Step)
  /// A cluster's step from one state to the next.
  case step(Int, from: SmallWorld.Step, to: SmallWorld.Step)
  case deleted
  /// The planner is asked what to do next.
  case plan
  case committed(batch: Int)
  case fenced(batch: Int)
  case unanswered(batch: Int)
  case names(zone: Int)
  case readFailed
  case zone(Int)
  /// What it waits for has had its time.
  case waited
}

/// What a planner wants done.
enum CoreRequest: Hashable {
  case none
  case commit(batch: Int)
  case read
}

extension SmallWorld {
  /// What a planner hears of a cluster when it is first asked.
  func observations(of index: Int, listed step: Step, half: Bool) -> [Observation] {
    let name = clusters[index].name
    if step.isSilent { return silence(of: name) }
    let said: [ClusterObservation] =
      half
      ? [.probe(.ready), .services(services(index, step))]
      : [.nodes([:]), .endpoints(endpoints(step))]
    return said.map { .cluster(name, $0) }
  }

  /// What a planner hears when a cluster goes from one step to the next.
  func observations(of index: Int, from old: Step, to new: Step) -> [Observation] {
    let name = clusters[index].name
    if new.isSilent { return old.isSilent ? [] : silence(of: name) }
    if old.isSilent || old.listsNothing != new.listsNothing {
      // The watches begin again, each with a whole list.
      let said: [ClusterObservation] = [
        .probe(.ready), .nodes([:]), .services(services(index, new)), .endpoints(endpoints(new)),
      ]
      return said.map { .cluster(name, $0) }
    }
    return [
      .cluster(name, .endpoint("web-1", Self.service, .init(family: .v4, ready: new.ready, total: new.ready)))
    ]
  }

  private func silence(of name: String) -> [Observation] {
    (0..<3).map { _ in .cluster(name, .probe(.unreachable("timed out"))) }
  }

  private func services(_ index: Int, _ step: Step) -> [ServiceKey: [String]] {
    step.listsNothing ? [:] : [Self.service: [clusters[index].address]]
  }

  private func endpoints(_ step: Step) -> [ServiceKey: [String: ClusterFacts.Endpoints]] {
    step.listsNothing ? [:] : [Self.service: ["web-1": .init(family: .v4, ready: step.ready, total: step.ready)]]
  }
}
