import Control
import Federation
import Terminal

extension DashboardState {
  /// Opens the preview of an order on the selected place, and asks for its plan.
  mutating func openCard(_ kind: Cordon.Kind) -> [Effect] {
    guard let (target, place) = selectedTarget() else { return [] }
    return openCard(kind, target, at: place)
  }

  /// What the keys for orders are about: the place that is selected on screen; says so where there is none.
  mutating func selectedTarget() -> (CordonTarget, PlaceID)? {
    if view == .tree, let place = selectedPlace { return (target(of: place.id), place.id) }
    if view == .clusters, let name = pickedCluster?.cluster.name {
      let target = CordonTarget.cluster(name)
      if let place = place(of: target) { return (target, place) }
    }
    toast(.warning, "select a place in the tree (1) or a cluster (5) first")
    return nil
  }

  mutating func openCard(_ kind: Cordon.Kind, _ target: CordonTarget, at place: PlaceID) -> [Effect] {
    guard !refusesToAct() else { return [] }
    var scoped = service
    if case .shard(_, let key) = target { scoped = key }
    var card = Card(
      purpose: .order(kind), place: place, target: target, service: scoped, selectedService: scoped,
      phase: .asking(since: now))
    if scope == .everything, target.isWide { card.service = nil }
    if case .shard = target { card.selectedService = nil }
    self.card = card
    return askForPlan()
  }

  /// What an order on a place is about. A zone's row stands for the zone, also where it holds one cluster only.
  func target(of place: PlaceID) -> CordonTarget {
    switch place {
    case .region(let name): .region(name)
    case .zone(let name, _): .zone(name)
    case .cluster(let name, _, _):
      if case .service(let key) = scope { .shard(cluster: name, service: key) } else { .cluster(name) }
    case .shard(let key, let cluster, _, _): .shard(cluster: cluster, service: key)
    }
  }

  mutating func askForPlan() -> [Effect] {
    guard var card else { return [] }
    card.phase = .asking(since: now)
    card.former = card.preview
    card.preview = nil
    card.shown = nil
    card.notice = nil
    card.refusals = []
    card.top = 0
    self.card = card
    return [.preview(card.change(holder: options.operatorName, now: now))]
  }

  mutating func closeCard() -> [Effect] {
    card = nil
    return []
  }

  /// Whether the card has been on screen long enough for keys to be meant for what it shows.
  var isCardOpenForKeys: Bool {
    guard let card else { return false }
    guard let shown = card.shown else { return false }
    return now - shown >= Card.readingTime
  }

  mutating func handleInCard(_ key: Key) -> [Effect] {
    guard let card else { return [] }
    if case .placing = card.phase {
      // The order is on its way: closing the card would only hide it.
      return []
    }
    if key == .escape {
      if card.focus != .cancel {
        self.card?.focus = .cancel
        return []
      }
      return closeCard()
    }
    // Typed before the card could be read: thrown away.
    guard isCardOpenForKeys else { return [] }
    switch key {
    case .tab, .backTab:
      moveFocus(key == .tab ? 1 : -1)
    case .enter:
      if card.focus == .cancel { return closeCard() }
      self.card?.focus = card.next
    case .pageDown: self.card?.top += max(1, size.rows / 3)
    case .pageUp: self.card?.top = max(0, card.top - max(1, size.rows / 3))
    case .character(let character) where card.focus == .cancel: return handleButton(character)
    default: editCardField { _ = $0.edit(key) }
    }
    if let lines = cardBodyLines, let top = self.card?.top { self.card?.top = min(top, max(0, lines - 1)) }
    return []
  }

  private var cardBodyLines: Int? {
    let width = min(size.columns, CardView.widest) - 4
    return card.map { CardView(state: self, card: $0, glyphs: .unicode).body(width: width).count }
  }

  private mutating func moveFocus(_ step: Int) {
    guard let card else { return }
    let fields = card.fields
    let current = fields.firstIndex(of: card.focus) ?? 0
    self.card?.focus = fields[(current + step + fields.count) % fields.count]
  }

  mutating func editCardField(_ edit: (inout InputField) -> Void) {
    guard var card else { return }
    switch card.focus {
    case .cancel: return
    case .reason: edit(&card.reason)
    case .span: edit(&card.span)
    case .typed: edit(&card.typed)
    }
    self.card = card
  }

  private mutating func handleButton(_ character: Character) -> [Effect] {
    guard let card else { return [] }
    switch character {
    case "y": return confirm()
    case "Y":
      toast(.done, "copied the command")
      return [.copy(cleanText(card.command, limit: 8_000))]
    case "a" where card.selectedService != nil && !card.isUncordon:
      self.card?.service = card.service == nil ? card.selectedService : nil
      // Another scope is another plan: there is nothing to compare it with.
      self.card?.preview = nil
      return askForPlan()
    case "w" where card.purpose == .order(.drain): return openWhatIf(with: card)
    case "r": return askForPlan()
    case "j": self.card?.top += 1
    case "k": self.card?.top = max(0, card.top - 1)
    case "q": return closeCard()
    default: break
    }
    return []
  }

  /// Gives the order, if nothing is missing; otherwise the card goes on saying what is.
  private mutating func confirm() -> [Effect] {
    guard let card, card.obstacle(now: now, readOnly: options.readOnly) == nil else { return [] }
    self.card?.phase = .placing(since: now)
    self.card?.notice = nil
    switch card.purpose {
    case .whatIf: return []
    case .uncordon(let cordons):
      return cordons.map { .perform(.uncordon($0.target, service: $0.service)) }
    case .order(let kind):
      guard let preview = card.preview else { return [] }
      let cordon = card.cordon(kind: kind, holder: options.operatorName, now: now)
      return [.perform(.place(cordon, planHash: preview.planHash, overrides: card.overrides))]
    }
  }
}

extension CordonTarget {
  /// Whether it covers more than one shard of a service.
  var isWide: Bool {
    switch self {
    case .zone, .region, .cluster: true
    case .shard: false
    }
  }
}
