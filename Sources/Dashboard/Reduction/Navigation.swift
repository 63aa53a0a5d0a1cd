import Control
import Federation
import Terminal

extension DashboardState {
  mutating func select(_ row: Int) {
    guard !rows.isEmpty else { return }
    selection = place(at: max(0, min(row, rows.count - 1)))?.id
    traceTop = 0
    if let key = selectedPlace.flatMap(shard)?.verdict.service { service = key }
    scrollToSelection()
  }

  /// Moves in whatever has the focus.
  mutating func move(by step: Int) {
    switch (view, pane) {
    case (.trace, _), (_, .trace): scrollTrace(step)
    case (_, .events): scrollEvents(step)
    case (.tree, .places): select(saturating(selectedRow ?? 0, plus: step, below: rows.count))
    case (.services, .places), (.clusters, .places), (.records, .places), (.doctor, .places),
      (.timeline, .places):
      pick(tableRow + step)
      traceTop = 0
    }
  }

  mutating func scrollTrace(_ step: Int) {
    if let area = layout.detail {
      let size = layout.content(of: area).size
      let count = DetailView(state: self, glyphs: .unicode, width: size.columns).lines().count
      traceTop = saturating(traceTop, plus: step, below: count - size.rows + 1)
      return
    }
    guard let area = layout.trace else { return }
    let lines = TraceView(state: self, glyphs: .unicode, size: layout.content(of: area).size).lines().count
    traceTop = saturating(traceTop, plus: step, below: lines - layout.content(of: area).size.rows + 1)
  }

  mutating func scrollEvents(_ step: Int) {
    guard let area = layout.events else { return }
    let size = layout.content(of: area).size
    let count = max(1, snapshot?.events.count ?? 0)
    eventsTop = saturating(eventsTop, plus: step, below: count - size.rows + 1)
  }

  mutating func toggleFold() {
    guard let place = selectedPlace, !place.isLeaf else { return }
    folds[place.id] = !isFolded(place)
    refreshRows()
  }

  mutating func fold() {
    guard let place = selectedPlace else { return }
    if !place.isLeaf, !isFolded(place) {
      folds[place.id] = true
      refreshRows()
    } else if let parent = place.parent {
      selection = tree.places[parent].id
      scrollToSelection()
    }
  }

  mutating func unfold() {
    guard let place = selectedPlace, !place.isLeaf else { return }
    if isFolded(place) {
      folds[place.id] = false
      refreshRows()
    } else {
      select((selectedRow ?? 0) + 1)
    }
  }

  mutating func show(_ view: ViewKind) {
    guard self.view != view else { return }
    self.view = view
    pane = .places
    if view != .trace { tracedOther = nil }
    findings = []
    findingsMade = nil
    if view == .doctor { refreshFindings() }
    if view == .services, let service { pick(.service(service), in: .services) }
    if view == .clusters, let name = selectedPlace?.cluster { pick(.cluster(name), in: .clusters) }
    traceTop = 0
    scrollToSelection()
  }

  mutating func showService(_ key: ServiceKey) {
    service = key
    if scope != .everything {
      scope = .service(key)
      refreshTree()
    }
    traceTop = 0
  }

  mutating func stepService(_ step: Int) {
    let shown = servicesShown
    guard shown.count > 1 else {
      toast(.warning, "there is one service only")
      return
    }
    let current = shown.firstIndex { $0.key == service } ?? 0
    showService(shown[(current + step + shown.count) % shown.count].key)
  }

  mutating func nextPane(_ step: Int) {
    let layout = layout
    var panes: [Pane] = [.places]
    if layout.trace != nil || pane == .trace || view == .tree { panes.append(.trace) }
    if layout.events != nil { panes.append(.events) }
    if layout.detail != nil || hasDetail { panes.append(.trace) }
    guard panes.count > 1, view != .timeline, view != .trace else { return }
    let current = panes.firstIndex(of: pane) ?? 0
    pane = panes[(current + step + panes.count) % panes.count]
    scrollToSelection()
  }

  private func saturating(_ value: Int, plus step: Int, below limit: Int) -> Int {
    max(0, min(value + step, limit - 1))
  }
}
