import Control
import Federation
import Terminal

/// The first lines: the whole federation, and the selected service.
struct HeaderView {
  let state: DashboardState
  let glyphs: Glyphs

  func draw(in area: Rect, on canvas: inout Canvas) {
    canvas.write(federation(width: area.size.columns), row: 0, of: area, ground: .header)
    canvas.write(service(width: area.size.columns), row: 1, of: area, ground: .header)
    if area.size.rows > 2 {
      let strip = RegionStrip(state: state, glyphs: glyphs).line(width: area.size.columns)
      canvas.write(strip, row: 2, of: area, ground: .header)
    }
  }

  private func federation(width: Int) -> TextLine {
    var parts = FittedParts()
    parts.add([TextLine("zonetop", .title)], priority: 9)
    guard let snapshot = state.snapshot else {
      parts.add([TextLine("waiting for the first picture of the federation", .dim)], priority: 1)
      return parts.line(width: width)
    }
    if let environment = snapshot.environment, !environment.isEmpty {
      let isProduction = environment.lowercased().hasPrefix("prod")
      parts.add(
        [TextLine(" \(isProduction ? "PROD" : environment.uppercased()) ", isProduction ? .production : .accent)],
        priority: 8)
    }
    if !state.memory.heading.isEmpty {
      let variants = state.memory.heading.map { TextLine($0.joined(separator: " \(glyphs.dot) "), .warning) }
      parts.add(variants, priority: 8)
    }
    if let reason = state.options.readOnly {
      parts.add([TextLine("READ ONLY: \(reason)", .warning), TextLine("READ ONLY", .warning)], priority: 6)
    }
    let name = snapshot.federation.name
    let domain = snapshot.federation.domain.text
    let dot = " \(glyphs.dot) "
    parts.add(
      [
        TextLine(name + dot + domain + dot + snapshot.provider, .header), TextLine(name + dot + domain, .header),
        TextLine(name, .header), TextLine(),
      ], priority: 2)
    parts.add([counts(onlyPresent: false), counts(onlyPresent: true), TextLine()], priority: 7)
    parts.add(dns(snapshot.dns), priority: 5, isRight: true)
    parts.add(leader(snapshot.leader), priority: 4, isRight: true)
    return parts.line(width: width)
  }

  private func counts(onlyPresent: Bool) -> TextLine {
    var line = TextLine()
    for health in [HealthState.ok, .degraded, .down, .drained, .cordoned, .stale] {
      let count = state.totals[health]
      if count == 0, onlyPresent || health == .cordoned { continue }
      if !line.isEmpty { line.add(onlyPresent ? " " : "  ") }
      line.add("\(glyphs.sign(of: health)) \(count)", count == 0 ? .dim : health.role)
    }
    return line
  }

  private func dns(_ dns: DNSState) -> [TextLine] {
    switch dns {
    case .unknown: [TextLine("DNS not read yet", .dim), TextLine("DNS ?", .dim)]
    case .inStep: [TextLine("DNS in step", .ok)]
    case .changing(let count):
      [
        TextLine("DNS changing: \(count) record set\(count == 1 ? "" : "s")", .degraded),
        TextLine("DNS changing", .degraded),
      ]
    case .held(let rules):
      [
        TextLine("\(glyphs.state.held) DNS held: \(rules.map(\.rawValue).joined(separator: ", "))", .held),
        TextLine("\(glyphs.state.held) DNS held", .held),
      ]
    case .unreachable(let why):
      [
        TextLine("\(glyphs.state.down) DNS unreachable: \(truncated(why, to: 40))", .down),
        TextLine("\(glyphs.state.down) DNS unreachable", .down),
      ]
    }
  }

  private func leader(_ leader: LeaderState) -> [TextLine] {
    switch leader {
    case .none: [TextLine("\(glyphs.state.degraded) no leader", .warning)]
    case .this:
      [TextLine("\(glyphs.leader) leader: this", .header), TextLine("\(glyphs.leader) leads", .header), TextLine()]
    case .other(let name):
      [
        TextLine("\(glyphs.leader) leader: \(truncated(name, to: 24))", .header),
        TextLine("\(glyphs.leader) other", .header), TextLine(),
      ]
    }
  }

  private func service(width: Int) -> TextLine {
    var parts = FittedParts()
    // Pictures come every second. A clock would draw each of them and tell less.
    if let age = state.snapshot.map({ state.now - $0.time }), age >= .seconds(10) {
      parts.add([TextLine("picture \(ageText(age)) old", .warning)], priority: 3, isRight: true)
    }
    guard let service = state.serviceSnapshot, let summary = state.summaries.first(where: { $0.key == service.key })
    else {
      let text = state.snapshot == nil ? "" : "no federated service yet: create a Service at the federation API"
      parts.add([TextLine(text, .dim)], priority: 9)
      return parts.line(width: width)
    }
    var title = service.key.description
    if state.scope == .everything { title += " \(glyphs.dot) all \(state.summaries.count) services shown" }
    var long = TextLine(title, .strong)
    if state.summaries.count > 1, state.scope != .everything {
      long.add(" (1 of \(state.summaries.count))", .dim)
    }
    parts.add([long, TextLine(title, .strong)], priority: 9)
    let serving = "\(summary.tally.serving) of \(summary.tally.total) serving"
    parts.add([TextLine(serving, summary.state.role)], priority: 8)
    let orders = ordersText()
    if !orders.isEmpty { parts.add(orders + [TextLine()], priority: 7) }
    let drains = state.drainFacts.keys
    if drains.count == 1, let phases = drains.first.flatMap(state.phases) {
      parts.add([TextLine(phases.brief, .drained), TextLine()], priority: 2)
    }
    if !service.held.isEmpty {
      let rules = Set(service.held.map(\.rule.rawValue)).sorted().joined(separator: ", ")
      parts.add([TextLine("held: \(rules)", .held), TextLine("held", .held)], priority: 8)
    }
    let global = service.name(at: .global)
    let addresses = (global?.published ?? []).filter { $0.type == .a || $0.type == .aaaa }.reduce(0) {
      $0 + $1.values.count
    }
    parts.add([TextLine("global \(addresses) address\(addresses == 1 ? "" : "es")"), TextLine()], priority: 5)
    parts.add([TextLine("TTL \(service.ttl)", .dim), TextLine()], priority: 4)
    parts.add([TextLine(service.generation.map { "gen \($0)" } ?? "nothing published", .dim), TextLine()], priority: 1)
    return parts.line(width: width)
  }

  private func ordersText() -> [TextLine] {
    let cordons = state.snapshot?.cordons ?? []
    return [Cordon.Kind.drain, .cordon].compactMap { kind in
      let own = cordons.filter { $0.kind == kind }
      guard let soonest = own.min(by: { $0.expires < $1.expires }) else { return nil }
      let word = "\(own.count) \(kind.rawValue)\(own.count == 1 ? "" : "s")"
      let left = countdownText(soonest.expires - state.now)
      let detail = own.count == 1 ? "\(left) left, \(soonest.holder)" : "first ends in \(left)"
      return TextLine("\(word) (\(detail))", kind == .drain ? .drained : .held)
    }.prefix(1).map { $0 }
  }
}
