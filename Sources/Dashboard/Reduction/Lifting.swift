import Control
import Federation

extension DashboardState {
  /// Opens the card that ends the orders on the selected place.
  mutating func openUncordon() -> [Effect] {
    guard let (target, place) = selectedTarget() else { return [] }
    return openUncordon(target, at: place)
  }

  mutating func openUncordon(_ target: CordonTarget, at place: PlaceID) -> [Effect] {
    guard !refusesToAct() else { return [] }
    let cordons = snapshot?.cordons ?? []
    let own = cordons.filter {
      $0.target == target && ($0.service == nil || scope == .everything || $0.service == service)
    }
    guard !own.isEmpty else {
      if let around = orders(over: place).first {
        toast(.warning, "\(target) itself has no order; \(around.target) has: select that and press u")
      } else {
        toast(.warning, "there is no cordon and no drain on \(target)")
      }
      return []
    }
    return openLifting(own, at: place)
  }

  /// Opens the card that takes back the last order given from here; those of one what-if, or all, go together.
  mutating func openUndo(all: Bool) -> [Effect] {
    guard !refusesToAct() else { return [] }
    placed.removeAll { $0.cordon.expires <= now }
    guard let last = placed.last else {
      toast(.warning, "no order was given from here that still stands; u on a place ends what stands there")
      return []
    }
    let series = last.wasMarked ? placed.suffix { $0.wasMarked } : [last]
    return openLifting((all ? placed : series).map(\.cordon), at: nil)
  }

  private mutating func openLifting(_ cordons: [Cordon], at place: PlaceID?) -> [Effect] {
    let services = Set(cordons.map(\.service))
    card = Card(
      purpose: .uncordon(cordons), place: place, target: cordons[0].target,
      service: services.count == 1 ? cordons[0].service : nil, selectedService: service, phase: .asking(since: now))
    return askForPlan()
  }

  /// Remembers what was given from here and still stands, so that it can be taken back.
  mutating func note(_ result: IntentResult, of intent: Intent) {
    guard case .done = result else { return }
    switch intent {
    case .place(let cordon, _, _):
      placed.removeAll { $0.cordon.target == cordon.target && $0.cordon.service == cordon.service }
      placed.append(PlacedOrder(cordon: cordon, wasMarked: marks.contains { target(of: $0) == cordon.target }))
      if placed.count > PlacedOrder.limit { placed.removeFirst() }
    case .uncordon(let target, let service):
      placed.removeAll { $0.cordon.target == target && $0.cordon.service == service }
    case .reconcile: break
    }
  }
}

extension Array {
  /// The elements at the end for which a condition holds without a gap.
  fileprivate func suffix(_ condition: (Element) -> Bool) -> [Element] {
    Array(reversed().prefix(while: condition).reversed())
  }
}
