import Federation
package import Control
package import Resolution
package import Terminal

/// Draws the whole screen. The same state and theme always give the same cells; only visible rows are built.
package func frame(_ state: DashboardState, theme: Theme) -> CellGrid {
  let state = state.asSeen
  var canvas = Canvas(size: state.size, theme: theme)
  let layout = state.layout
  let glyphs = theme.glyphs
  let width = state.size.columns
  guard width > 0, state.size.rows > 0 else { return canvas.grid }
  HeaderView(state: state, glyphs: glyphs)
    .draw(in: Rect(column: 0, row: 0, columns: width, rows: layout.headerRows), on: &canvas)
  if !layout.places.isEmpty { drawPlaces(state, layout, on: &canvas) }
  if let rect = layout.trace {
    let isSlow = state.tracing.pending.map { state.now - $0.since >= .milliseconds(250) } ?? false
    let view = TraceView(state: state, glyphs: glyphs, size: layout.content(of: rect).size)
    let note = isSlow ? "asking" : view.heading
    let area = canvas.pane(
      rect, title: "trace", note: note, in: layout, hasFocus: state.pane == .trace || state.view == .trace)
    let lines = view.lines()
    canvas.write(lines, in: area, top: min(state.traceTop, max(0, lines.count - area.size.rows)))
  }
  if let rect = layout.detail {
    let view = DetailView(state: state, glyphs: glyphs, width: layout.content(of: rect).size.columns)
    let area = canvas.pane(rect, title: view.title, in: layout, hasFocus: state.pane == .trace)
    let lines = view.lines()
    canvas.write(lines, in: area, top: min(state.traceTop, max(0, lines.count - area.size.rows)))
  }
  if let rect = layout.events {
    let area = canvas.pane(
      rect, title: "events", in: layout, hasFocus: state.pane == .events)
    let lines = EventsView(state: state, glyphs: glyphs).lines()
    canvas.write(lines, in: area, top: min(state.eventsTop, max(0, lines.count - area.size.rows)))
  }
  if let row = layout.hintRow {
    let area = Rect(column: 0, row: row, columns: width, rows: 1)
    canvas.write(HintsView(state: state, glyphs: glyphs).line(width: width), row: 0, of: area)
  }
  if let sheet = state.sheet { SheetView(state: state, glyphs: glyphs).draw(sheet, on: &canvas) }
  if let card = state.card { CardView(state: state, card: card, glyphs: glyphs).draw(on: &canvas) }
  drawToasts(state, layout, on: &canvas)
  return canvas.grid
}

/// One frame without a person at it: the worst zone is selected.
///
/// - Parameter trace: What its name, or any other, resolved to; without it the published chain is shown.
package func renderOnce(
  _ snapshot: FederationSnapshot, trace: Trace?, size: Size, theme: Theme, options: DashboardOptions,
  view: ViewKind = .tree
) -> CellGrid {
  frame(onceState(snapshot, trace: trace, size: size, options: options, view: view), theme: theme)
}

/// The state behind ``renderOnce(_:trace:size:theme:options:view:)``; ``DashboardState/nameToTrace`` says which name
/// to ask about before drawing it.
package func onceState(
  _ snapshot: FederationSnapshot, trace: Trace?, size: Size, options: DashboardOptions, view: ViewKind = .tree
) -> DashboardState {
  var state = DashboardState(options: options, size: size, now: snapshot.time, view: view)
  state.see(snapshot)
  if let trace { state.tracing.receive(trace, now: snapshot.time) }
  return state
}

private func drawPlaces(_ state: DashboardState, _ layout: Layout, on canvas: inout Canvas) {
  let glyphs = canvas.glyphs
  let hasFocus = state.pane == .places
  switch state.view {
  case .tree:
    var note = state.order == .worstFirst ? "" : state.order.rawValue
    if !state.marks.isEmpty { note += (note.isEmpty ? "" : " ") + "\(glyphs.mark) \(state.marks.count) marked" }
    let hidden = state.rows.count - layout.placeRows
    if hidden > 0 {
      let last = min(state.rows.count, state.top + layout.placeRows)
      note += (note.isEmpty ? "" : " ") + "\(state.top + 1)-\(last) of \(state.rows.count)"
    }
    let title = (["zones"] + state.breadcrumbs).joined(separator: " \(glyphs.cursor) ")
    let area = canvas.pane(layout.places, title: title, note: note, in: layout, hasFocus: hasFocus)
    TreeView(state: state, glyphs: glyphs).draw(in: area, on: &canvas)
  case .services:
    let area = canvas.pane(layout.places, title: "services", note: state.rowNote, in: layout, hasFocus: hasFocus)
    ServicesTable(state: state, glyphs: glyphs)
      .draw(state, empty: state.emptyNote("no federated service yet"), in: area, on: &canvas)
  case .clusters:
    let area = canvas.pane(layout.places, title: "clusters", note: state.rowNote, in: layout, hasFocus: hasFocus)
    ClustersTable(state: state, glyphs: glyphs)
      .draw(state, empty: state.emptyNote("no cluster has joined yet"), in: area, on: &canvas)
  case .records:
    let title = "records of \(state.service?.description ?? "nothing")"
    let area = canvas.pane(layout.places, title: title, note: state.rowNote, in: layout, hasFocus: hasFocus)
    let folding = NameFolding(
      service: state.service ?? ServiceKey(namespace: "", name: ""), federation: state.snapshot?.federation)
    RecordsTable(state: state, glyphs: glyphs, folding: folding)
      .draw(state, empty: state.emptyNote("no names yet"), in: area, on: &canvas)
  case .doctor:
    let area = canvas.pane(layout.places, title: "doctor", note: state.rowNote, in: layout, hasFocus: hasFocus)
    FindingsTable(state: state, glyphs: glyphs)
      .draw(
        state, empty: state.emptyNote("nothing is wrong: every shard is healthy, every name is in step"), in: area,
        on: &canvas)
  case .timeline:
    let area = canvas.pane(layout.places, title: "timeline", in: layout, hasFocus: hasFocus)
    TimelineView(state: state, glyphs: glyphs).draw(in: area, on: &canvas)
  case .trace: break
  }
}

private func drawToasts(_ state: DashboardState, _ layout: Layout, on canvas: inout Canvas) {
  let limit = layout.hintRow ?? state.size.rows
  for (offset, toast) in state.toasts.suffix(2).reversed().enumerated() {
    // What a card asks stands at the foot of it, and must not be covered.
    let row = state.card == nil ? limit - 1 - offset : offset
    guard row >= (state.card == nil ? 1 : 0), row < limit else { return }
    let (sign, role): (String, Role) =
      switch toast.kind {
      case .done: (canvas.glyphs.state.ok, .ok)
      case .warning: (canvas.glyphs.state.degraded, .warning)
      case .error: (canvas.glyphs.state.down, .error)
      }
    let line = TextLine(" \(sign) ", role).appending(toast.text + " ")
    let width = min(state.size.columns, line.width)
    let area = Rect(column: state.size.columns - width, row: row, columns: width, rows: 1)
    canvas.write(line, row: 0, of: area, ground: .toast)
  }
}

extension DashboardState {
  /// Where the selection is, from the outside in: region, zone, cluster, service.
  fileprivate var breadcrumbs: [String] {
    var crumbs: [String] = []
    var id = selection
    while let here = id {
      crumbs.insert(here.label, at: 0)
      id = here.parent
    }
    return crumbs
  }

  /// Which row of how many is selected, and what hides others.
  fileprivate var rowNote: String {
    let count = rowIDs.count
    return count == 0 ? "" : "\(tableRow + 1) of \(count)\(isFiltering ? " that match" : "")"
  }

  fileprivate func emptyNote(_ text: String) -> String {
    isFiltering ? "nothing matches; Esc clears the filter" : text
  }
}
