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
    if let former = self.snapshot, hasWorsened(from: former, to: snapshot) { isBellDue = options.rings }
    let generation = serviceSnapshot?.generation
    self.snapshot = snapshot
    refreshDrains()
    if view == .doctor { findings = snapshot.findings }
    let former = sieve == nil ? [] : census.counts.map(\.shape)
    if let changed = census.take(snapshot) {
      sieve?.look(at: changed, in: census, shapes: changed.map { former[$0] })
    } else {
      sieve = nil
    }
    summaries = ServiceSummary.all(of: census)
    totals = Tally()
    for summary in summaries { totals.add(summary.tally) }
    if service.flatMap(census.position) == nil {
      service = servicesByNeed.first?.key
      if case .everything = scope {} else { scope = service.map(Scope.service) }
    }
    if serviceSnapshot?.generation != generation { tracing.outdate() }
    refreshTree()
  }

  /// Whether something went down, was held or became stale between two pictures; what an order here did is no news.
  private func hasWorsened(from former: FederationSnapshot, to new: FederationSnapshot) -> Bool {
    guard let last = former.events.first else { return false }
    return new.events.prefix { $0 != last }.contains { [.down, .held, .error].contains($0.kind) }
  }

  /// Takes what the configuration says now; what the operator chose on screen stays.
  mutating func take(_ options: DashboardOptions) {
    let theme = self.options.themes.indices.contains(themeIndex) ? self.options.themes[themeIndex] : nil
    self.options = options
    themeIndex = theme.flatMap { options.themes.firstIndex(of: $0) } ?? 0
    toast(.done, "read the configuration and \(options.themes.count) themes again")
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
    guard snapshot != nil, let scope else {
      tree = .empty
      rows = RowList()
      refreshTables()
      return
    }
    tree.take(census, scope: scope, order: order)
    refreshTables()
    refreshRows()
  }

  /// Works out which places have a row, and keeps the selection: itself, else the nearest place around it, else the
  /// row that has taken its place.
  mutating func refreshRows() {
    let formerRow = selectedRow
    let filter = filter
    if filter != tablesFilter { refreshTables() }
    if filter.isEmpty || scope != .everything {
      sieve = nil
    } else if sieve?.filter != filter {
      sieve = Sieve(filter, over: census)
    }
    let kept = filter.isEmpty ? nil : placesKept(by: filter)
    var shown = RowList()
    func append(_ positions: [Int]) {
      for position in positions where kept?[position] ?? true {
        let isFolded = isFolded(tree.places[position])
        shown.append(position, leaves: isFolded ? 0 : leavesShown(below: tree.places[position]))
        if !isFolded { append(tree.places[position].children) }
      }
    }
    append(tree.roots)
    rows = shown
    keepSelection(near: formerRow)
    scrollToSelection()
  }

  private mutating func keepSelection(near row: Int?) {
    if rows.isEmpty { return }
    if !isTouched { selection = nil }
    var candidate = selection
    while let id = candidate {
      if self.row(of: id) != nil {
        selection = id
        return
      }
      candidate = id.parent
    }
    if selection == nil {
      // The worst zone: the first row below a region.
      let first = rows.entries.first { tree.places[$0.place].depth > 0 } ?? rows.entries.first
      selection = first.map { tree.places[$0.place].id }
    } else {
      selection = place(at: min(row ?? 0, rows.count - 1))?.id
    }
  }

  /// For every place whether the filter leaves it: what matches, or holds leaves that do, and what stands above them.
  private func placesKept(by filter: Filter) -> [Bool] {
    var kept = [Bool](repeating: false, count: tree.places.count)
    for position in tree.places.indices.reversed() {
      let place = tree.places[position]
      if let sieve, place.leaves > 0, let slot = place.slot {
        kept[position] = sieve.kept[Int(slot)] > 0
      } else if place.isLeaf {
        let shard = shard(of: place)
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

  private func leavesShown(below place: Place) -> Int {
    guard place.leaves > 0, let slot = place.slot else { return 0 }
    return sieve.map { Int($0.kept[Int(slot)]) } ?? place.leaves
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
