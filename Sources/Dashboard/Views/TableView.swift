import Control
import Federation
import Terminal

/// The views that are plain tables: services, clusters, records.
struct TableView {
  let state: DashboardState
  let glyphs: Glyphs

  func drawServices(in area: Rect, on canvas: inout Canvas) {
    let shown = state.servicesShown
    let name = max(16, min(48, area.size.columns - 56))
    var title = TextLine("  ")
    title.column("state", 8, .dim)
    title.column("service", name, .dim)
    title.column("serving", 12, .dim)
    title.column("gen", 6, .dim, .trailing)
    title.column("TTL", 6, .dim, .trailing)
    title.add("notes", .dim)
    draw(title, count: shown.count, in: area, on: &canvas) { row in
      let summary = shown[row]
      let service = state.snapshot?.services[summary.position]
      var line = TextLine("")
      line.column("\(glyphs.sign(of: summary.state)) \(summary.state.letters)", 8, summary.state.role)
      line.column(summary.key.description, name, summary.key == state.service ? .strong : .text)
      line.column("\(summary.tally.serving) of \(summary.tally.total)", 12)
      line.column(service?.generation.map(String.init) ?? "", 6, .dim, .trailing)
      line.column(service.map { String($0.ttl) } ?? "", 6, .dim, .trailing)
      if let held = service?.held, !held.isEmpty {
        line.add("held: " + Set(held.map(\.rule.rawValue)).sorted().joined(separator: ", "), .held)
      } else if let drift = service?.namesToChange, drift > 0 {
        line.add("\(drift) names to change", .warning)
      }
      return line
    }
  }

  func drawClusters(in area: Rect, on canvas: inout Canvas) {
    let shown = state.clustersShown
    var title = TextLine("  ")
    title.column("condition", 14, .dim)
    title.column("cluster", 22, .dim)
    title.column("region", 16, .dim)
    title.column("zones", 20, .dim)
    title.column("heard", 6, .dim, .trailing)
    title.column("since", 6, .dim, .trailing)
    title.add("why", .dim)
    draw(title, count: shown.count, in: area, on: &canvas) { row in
      let cluster = shown[row]
      let (health, word) = condition(cluster.cluster.condition)
      var line = TextLine("")
      line.column("\(glyphs.sign(of: health)) \(word)", 14, health.role)
      line.column(cluster.cluster.name, 22)
      line.column(cluster.cluster.region, 16)
      line.column(cluster.cluster.zones.joined(separator: " "), 20)
      line.column(cluster.lastHeard.map { ageText(state.now - $0) } ?? "never", 6, .dim, .trailing)
      line.column(ageText(state.now - cluster.since), 6, .dim, .trailing)
      line.add(cluster.reason, health == .ok ? .dim : health.role)
      return line
    }
  }

  func drawRecords(in area: Rect, on canvas: inout Canvas) {
    let shown = state.recordsShown
    guard let service = state.serviceSnapshot, let snapshot = state.snapshot else { return }
    let folding = NameFolding(service: service.key, federation: snapshot.federation)
    let width = (area.size.columns - 16) / 3
    var title = TextLine("  ")
    title.column("name", width, .dim)
    title.column("published", width, .dim)
    title.column("desired", width, .dim)
    title.add("served", .dim)
    draw(title, count: shown.count, in: area, on: &canvas) { row in
      let name = shown[row]
      let isInStep = Set(name.desired) == Set(name.published)
      var line = TextLine("")
      line.column(folding.label(of: name.name), width)
      line.column(setsText(name.published, folding, glyphs), width)
      line.column(
        isInStep ? glyphs.equal : setsText(name.desired, folding, glyphs), width, isInStep ? .dim : .warning)
      if let servers = name.servers {
        line.add("\(servers.agreeing)/\(servers.asked)", servers.agreeing == servers.asked ? .ok : .warning)
      } else {
        line.add("-", .dim)
      }
      return line
    }
  }

  private func condition(_ condition: ClusterCondition) -> (HealthState, String) {
    switch condition {
    case .ready: (.ok, "Ready")
    case .notReady: (.down, "Offline")
    case .unreachable: (.stale, "unreachable")
    case .withdrawn: (.down, "withdrawn")
    }
  }

  private func draw(_ title: TextLine, count: Int, in area: Rect, on canvas: inout Canvas, line: (Int) -> TextLine) {
    canvas.write(title, row: 0, of: area)
    let height = area.size.rows - 1
    guard height > 0 else { return }
    if count == 0 {
      canvas.write(TextLine("  nothing to show", .dim), row: 1, of: area)
      return
    }
    let selected = min(state.tableRow, count - 1)
    let top = max(0, min(selected - height / 2, count - height))
    for row in 0..<min(height, count - top) {
      let isSelected = top + row == selected
      var whole = TextLine(isSelected ? glyphs.cursor + " " : "  ", .accent)
      whole.add(line(top + row))
      canvas.write(whole, row: row + 1, of: area, ground: isSelected ? .selection : .background)
    }
  }
}
