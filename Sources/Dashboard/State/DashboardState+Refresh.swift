import Control
import Federation

extension DashboardState {
  /// Takes a new picture of the world; what was selected stays selected.
  mutating func take(_ snapshot: FederationSnapshot) {
    if let newest = snapshot.events.first, let former = self.snapshot?.events, newest != former.first,
      newest.kind == .held || newest.kind == .error
    {
      toast(newest.kind == .error ? .error : .warning, "\(newest.subject): \(newest.message)")
    }
    self.snapshot = snapshot
    refreshDrains()
    summaries = ServiceSummary.all(of: snapshot)
    totals = Tally()
    for summary in summaries { totals.add(summary.tally) }
    if service == nil || !summaries.contains(where: { $0.key == service }) {
      service = servicesByNeed.first?.key
      if case .everything = scope {} else { scope = service.map(Scope.service) }
    }
    refreshTree()
  }

  /// The service that most needs a look comes first.
  private var servicesByNeed: [ServiceSummary] {
    summaries.sorted { left, right in
      if left.state.severity != right.state.severity { return left.state.severity > right.state.severity }
      if left.tally[.down] != right.tally[.down] { return left.tally[.down] > right.tally[.down] }
      return left.key < right.key
    }
  }

  mutating func refreshTree() {
    guard let snapshot, let scope else {
      tree = .empty
      rows = []
      return
    }
    tree = PlaceTree(snapshot, scope: scope, order: order)
    refreshRows()
  }

  /// Works out which places have a row, and keeps the selection: itself, else the nearest place around it, else the
  /// row that has taken its place.
  mutating func refreshRows() {
    let formerRow = selectedRow
    let kept = keptByFilter()
    rows.removeAll(keepingCapacity: true)
    func append(_ positions: [Int], to rows: inout [Int]) {
      for position in positions where kept?[position] ?? true {
        rows.append(position)
        if !isFolded(tree.places[position]) { append(tree.places[position].children, to: &rows) }
      }
    }
    var shown: [Int] = []
    append(tree.roots, to: &shown)
    rows = shown
    keepSelection(near: formerRow)
    scrollToSelection()
  }

  private mutating func keepSelection(near row: Int?) {
    if rows.isEmpty { return }
    if !isTouched { selection = nil }
    var candidate = selection
    while let id = candidate {
      if let position = tree.index[id], rows.contains(position) {
        selection = id
        return
      }
      candidate = id.parent
    }
    if selection == nil {
      // The worst zone: the first row below a region.
      selection = (rows.first { tree.places[$0].depth > 0 } ?? rows.first).map { tree.places[$0].id }
    } else {
      selection = tree.places[rows[min(row ?? 0, rows.count - 1)]].id
    }
  }

  /// For every place whether the filter leaves it: leaves that match, and what stands above them. Nil keeps all.
  private func keptByFilter() -> [Bool]? {
    guard isFiltering, let snapshot else { return nil }
    let filter = filter
    var kept = [Bool](repeating: false, count: tree.places.count)
    for position in tree.places.indices.reversed() {
      let place = tree.places[position]
      if place.isLeaf {
        let shard = place.shard.map { snapshot.services[$0.service].shards[$0.shard] }
        kept[position] = filter.matches(
          Filter.Subject(
            state: place.state, region: place.id.region, zone: place.id.zone ?? "", cluster: place.cluster ?? "",
            service: shard?.verdict.service.description ?? service?.description ?? "",
            addresses: shard?.shard.addresses ?? []))
      }
      if kept[position], let parent = place.parent { kept[parent] = true }
    }
    return kept
  }

  mutating func scrollToSelection() {
    let height = layout.placeRows
    guard view == .tree, height > 0 else { return }
    if let row = selectedRow {
      if row < top { top = row }
      if row >= top + height { top = row - height + 1 }
      // The region above the first zone is part of what it means.
      if row == 1 { top = min(top, height > 1 ? 0 : top) }
    }
    top = max(0, min(top, rows.count - height))
  }
}
