import Control
import Federation
import Terminal

/// The places: only the rows on screen are built.
struct TreeView {
  let state: DashboardState
  let glyphs: Glyphs

  func draw(in area: Rect, on canvas: inout Canvas) {
    if state.rows.isEmpty {
      canvas.write([TextLine(emptyText, .dim)], in: area)
      return
    }
    let shown = state.places(in: state.top..<state.top + area.size.rows)
    let columns = TreeColumns(width: area.size.columns, places: shown)
    let selected = state.selection
    for (row, place) in shown.enumerated() {
      let isSelected = place.id == selected
      canvas.write(
        line(place, isSelected: isSelected, columns), row: row, of: area, ground: isSelected ? .selection : .background)
    }
  }

  private var emptyText: String {
    if state.snapshot == nil { return "  no picture yet" }
    return state.isFiltering
      ? "  nothing matches; Esc clears the filter" : "  no cluster has joined yet: zonetop clusters join CONTEXT"
  }

  private func line(_ place: Place, isSelected: Bool, _ columns: TreeColumns) -> TextLine {
    var line = TextLine(isSelected ? glyphs.cursor : " ", .accent)
    line.add(state.marks.contains(place.id) ? glyphs.mark : " ", .marked)
    line.add(String(repeating: "  ", count: place.depth))
    line.add(place.isLeaf ? "  " : (state.isFolded(place) ? glyphs.folded : glyphs.unfolded) + " ", .dim)
    let health = place.state.role
    line.add(glyphs.sign(of: place.state) + " " + padded(place.state.letters, to: 6), health)
    let room = max(1, columns.labelEnd - line.width)
    line.column(label(place, room: room), room, place.isLeaf ? .text : .strong)
    let shard = state.shard(of: place)
    if place.isLeaf { leaf(place, shard, columns, &line) } else { inner(place, columns, &line) }
    return line
  }

  /// A zone's name begins with its region's: where there is no room for both, what tells it apart is kept.
  private func label(_ place: Place, room: Int) -> String {
    let region = place.id.region
    guard columns(of: place.label) > room, place.depth > 0, place.label.hasPrefix(region), place.label != region else {
      return place.label
    }
    return glyphs.ellipsis + place.label.dropFirst(region.count)
  }

  private func leaf(_ place: Place, _ shard: ShardSnapshot?, _ columns: TreeColumns, _ line: inout TextLine) {
    let text: String
    switch (place.state, shard) {
    case (.absent, _): text = "no shard here"
    case (.drained, _?): text = state.progress(of: place) ?? "drained"
    case (.stale, let shard?): text = shard.isServing ? "unreachable, held" : "unreachable"
    case (_, nil): text = "unreachable"
    case (.down, let shard?) where columns.why == 0 && !shard.isServing: text = briefReason(shard, state: .down)
    case (_, let shard?):
      let addresses = shard.shard.addresses
      let more = addresses.count > 1 ? " +\(addresses.count - 1)" : ""
      text = addresses.first.map { $0 + more } ?? "no address"
    }
    line.column(text, columns.middle, place.state == .ok ? .text : place.state.role)
    if let shard {
      let ready = "\(shard.shard.readyEndpoints)/\(shard.shard.totalEndpoints)"
      let hatched = place.state == .stale && columns.graph >= 8 ? glyphs.hatch + glyphs.hatch + " " + ready : ready
      line.column(hatched, columns.graph, place.state == .stale ? .stale : .text, .trailing)
    } else {
      line.column("", columns.graph)
    }
    holds(place, columns, &line)
    let age = shard == nil ? "" : state.heard(place.cluster).map { heardText(state.now - $0) } ?? ""
    line.column(age, columns.age, place.state == .stale ? .stale : .dim, .trailing)
    if columns.why > 0, let shard {
      line.column(briefReason(shard, state: place.state), columns.why, place.state.role)
    }
  }

  private func inner(_ place: Place, _ columns: TreeColumns, _ line: inout TextLine) {
    let tally = place.tally
    line.column("\(tally.serving) of \(tally.total) serving", columns.middle, place.state.role)
    if columns.graph >= 8 {
      let levels = sparklineLevels(
        state.tree.index[place.id].map { state.tree.sums[$0].history } ?? [], cells: 8, top: glyphs.bars.count - 1)
      let bars = levels.map { glyphs.bars[$0] }.joined()
      line.column(bars, columns.graph, tally[.stale] == tally.total ? .stale : .graph, .trailing)
    } else {
      line.column("\(place.ready)/\(place.total)", columns.graph, .text, .trailing)
    }
    holds(place, columns, &line)
    line.column("", columns.age)
    guard columns.why > 0 else { return }
    for health in [HealthState.down, .stale, .degraded, .drained, .cordoned, .ok] where tally[health] > 0 {
      line.add("\(glyphs.sign(of: health)) \(tally[health])  ", health.role)
    }
  }

  private func holds(_ place: Place, _ columns: TreeColumns, _ line: inout TextLine) {
    guard columns.holds > 0 else { return }
    let name = nameShown(place)
    let text = name.map { holdsText($0.published, glyphs: glyphs) } ?? ""
    guard let name, !name.isInStep else {
      line.column(text, columns.holds, name?.published.first?.type == .cname ? .dim : .text)
      return
    }
    line.column("\(glyphs.leads)\(text)", columns.holds, .warning)
  }

  /// The name that a row speaks for; a cluster or shard inside a zone of several has none of its own.
  private func nameShown(_ place: Place) -> NameSnapshot? {
    switch place.id {
    case .region, .zone: state.scope == .everything ? nil : state.name(of: place.id)
    case .cluster: nil
    case .shard(_, _, let zone, let region):
      place.shard.flatMap { position in
        state.snapshot?.services[position.service].name(at: .zone(zone, region: region))
      }
    }
  }
}

/// What a name holds, in a few characters: `A`, `A ×3`, `A ×3 +6`, `CNAME`, `empty`.
func holdsText(_ sets: [RecordSet], glyphs: Glyphs) -> String {
  func count(_ type: RecordType) -> Int { sets.first { $0.type == type }?.values.count ?? 0 }
  let (four, six) = (count(.a), count(.aaaa))
  if four > 0 { return "A" + (four > 1 ? " \(glyphs.times)\(four)" : "") + (six > 0 ? " +6" : "") }
  if six > 0 { return "AAAA" + (six > 1 ? " \(glyphs.times)\(six)" : "") }
  return count(.cname) > 0 ? "CNAME" : "empty"
}
