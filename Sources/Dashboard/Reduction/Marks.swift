import Control
import Federation
import Terminal

extension DashboardState {
  /// More places than this make no plan that a person can judge.
  static let mostMarks = 32

  /// Marks the selected place, or takes its mark away. A place inside a marked one is marked with it.
  mutating func toggleMark() {
    guard view == .tree, let place = selectedPlace else {
      toast(.warning, "select a place in the tree (1) first")
      return
    }
    if let index = marks.firstIndex(of: place.id) {
      marks.remove(at: index)
    } else if let around = markAround(place.id) {
      toast(.warning, "\(target(of: around)) is marked, and \(place.label) lies in it")
      return
    } else if !mark(place.id) {
      toast(.warning, "at most \(Self.mostMarks) places can be marked")
      return
    }
    let count = marks.count
    toasts.removeAll { $0.kind == .done }
    toast(
      .done,
      count == 0
        ? "nothing is marked"
        : "\(count) place\(count == 1 ? "" : "s") marked: \(keyText(.whatIf)) shows what draining \(count == 1 ? "it" : "them together") would leave"
    )
  }

  mutating func unmarkAll() {
    toast(.done, marks.isEmpty ? "nothing was marked" : "no place is marked any more")
    marks = []
  }

  /// Marks a place, in the stead of those inside it; false when there are too many.
  @discardableResult
  mutating func mark(_ id: PlaceID) -> Bool {
    let kept = marks.filter { !$0.lies(in: id) }
    guard kept.count < Self.mostMarks else { return false }
    marks = kept + [id]
    return true
  }

  /// The mark that covers a place; nil when there is none.
  func markAround(_ id: PlaceID) -> PlaceID? { marks.first { id == $0 || id.lies(in: $0) } }

  /// Opens the plan of draining all marked places together.
  mutating func openWhatIf() -> [Effect] {
    guard !marks.isEmpty else {
      toast(.warning, "mark places with \(keyText(.mark)) first; \(keyText(.whatIf)) then shows them together")
      return []
    }
    return openWhatIf(marks.map(target), service: scope == .everything ? nil : service)
  }

  /// From the card of a drain: its place too is marked, and shown with the rest.
  mutating func openWhatIf(with card: Card) -> [Effect] {
    var isCovered = false
    if let place = card.place, target(of: place) == card.target {
      isCovered = markAround(place) != nil || mark(place)
    }
    let targets = marks.map(target) + (isCovered || marks.map(target).contains(card.target) ? [] : [card.target])
    return openWhatIf(targets, service: card.service)
  }

  private mutating func openWhatIf(_ targets: [CordonTarget], service key: ServiceKey?) -> [Effect] {
    guard let first = targets.first else { return [] }
    card = Card(
      purpose: .whatIf(targets), place: nil, target: first, service: key, selectedService: service,
      phase: .asking(since: now))
    return askForPlan()
  }

  /// The first key of an action, as the screen writes it.
  func keyText(_ action: Action) -> String {
    options.bindings.binding(of: action)?.keys.first?.text(.unicode) ?? action.rawValue
  }
}

extension PlaceID {
  /// Whether it lies inside another place, at any depth.
  func lies(in other: PlaceID) -> Bool {
    var next = parent
    while let place = next {
      if place == other { return true }
      next = place.parent
    }
    return false
  }
}
