import Control
import Federation
import Resolution
import Terminal

/// What the selected name resolves to, and why: every hop with its TTL, the servers that agree and their latency.
struct TraceView {
  let state: DashboardState
  let glyphs: Glyphs
  /// What the pane has for it: where that is too low for the full form, a denser one is made.
  let size: Size

  func lines() -> [TextLine] {
    if isTerse { return terseLines() }
    let full = lines(isDense: false)
    return full.count <= size.rows ? full : lines(isDense: true)
  }

  /// What the pane's title says where its few lines are all for the hops.
  var heading: String {
    guard isTerse, let (service, name) = subject, let snapshot = state.snapshot else { return "" }
    let walk = TraceWalk(state: state, service: service, name: name)
    return "\(NameFolding(service: service.key, federation: snapshot.federation).common) \(glyphs.end) \(walk.summary)"
  }

  private var isTerse: Bool { size.rows <= 4 && size.columns >= 60 && state.pane != .trace }

  private var subject: (ServiceSnapshot, NameSnapshot)? {
    guard let name = state.tracedName, let service = state.serviceSnapshot else { return nil }
    return (service, name)
  }

  /// A line for each hop: what it holds, and why or which addresses.
  private func terseLines() -> [TextLine] {
    guard let (service, name) = subject, let snapshot = state.snapshot else { return lines(isDense: true) }
    let folding = NameFolding(service: service.key, federation: snapshot.federation)
    let walk = TraceWalk(state: state, service: service, name: name)
    let lines = walk.hops.enumerated().map { index, hop in
      var line = TextLine(index == 0 ? "   " : " \(glyphs.down) ", .dim)
      line.add(folding.rest(of: hop.name) ?? hop.name.text, .strong)
      line.add("  \(hop.kind)", hop.isFailure ? .error : .accent)
      if let ttl = hop.ttl { line.add(" TTL \(ttl)", .dim) }
      if let servers = hop.servers {
        line.add("  \(servers.agreeing)/\(servers.asked)", servers.agreeing == servers.asked ? .ok : .warning)
        line.add(" agree", servers.agreeing == servers.asked ? .ok : .warning)
      } else {
        line.add("  published", .dim)
      }
      if hop.values.isEmpty || index == 0, let why = walk.why(hop.name) { line.add("  \(why)") }
      return hop.values.isEmpty ? line : line.appending("  " + hop.values.joined(separator: " "), .text)
    }
    return lines + holds(of: name, service, width: .max) + orders(isDense: true)
  }

  private func holds(of name: NameSnapshot, _ service: ServiceSnapshot, width: Int) -> [TextLine] {
    service.held.filter { $0.name == nil || $0.name == name.name }.flatMap { hold in
      TextLine(" \(glyphs.state.held) held by \(hold.rule.rawValue): ", .held).wrapping(hold.why, width: width)
    }
  }

  private func lines(isDense: Bool) -> [TextLine] {
    guard let name = state.tracedName, let service = state.serviceSnapshot, let snapshot = state.snapshot else {
      return [TextLine(" select a place to see what its name resolves to", .dim)]
    }
    let folding = NameFolding(service: service.key, federation: snapshot.federation)
    let walk = TraceWalk(state: state, service: service, name: name)
    var lines = [TextLine(" \(folding.common)", .strong)]
    if isDense {
      lines[0].add(outcome(walk))
      lines += orders(isDense: true)
    }
    for (index, hop) in walk.hops.enumerated() {
      var title = TextLine(index == 0 ? "   " : " \(glyphs.down) ", .dim)
      title.add(folding.rest(of: hop.name) ?? hop.name.text, .strong)
      let why = walk.why(hop.name)
      if isDense {
        lines.append(title.appending("  ").appending(answer(hop)))
        lines += disagreement(hop)
        if let why, index == 0 { lines.append(bar(" why   \(why)", .text)) }
        lines += packed(walk.addresses(of: hop))
      } else {
        lines.append(title)
        lines.append(bar(" ").appending(answer(hop)))
        lines += disagreement(hop)
        if let why { lines.append(bar(" why   \(why)", .text)) }
        lines += walk.addresses(of: hop).map { bar(" ").appending(address($0)) }
      }
    }
    if !isDense { lines.append(outcome(walk)) }
    lines += drift(name, folding)
    lines += holds(of: name, service, width: size.columns)
    if !isDense { lines += orders(isDense: false) }
    return lines
  }

  private func bar(_ text: String, _ role: Role = .dim) -> TextLine {
    TextLine(" \(glyphs.border.vertical)", .border).appending(text, role)
  }

  private func answer(_ hop: TraceWalk.Hop) -> TextLine {
    var line = TextLine()
    line.add(padded(hop.kind, to: 6), hop.isFailure ? .error : .accent)
    if let ttl = hop.ttl { line.add("TTL \(ttl)   ", .dim) }
    guard let servers = hop.servers else { return line.appending("published, servers not asked", .dim) }
    let role: Role = servers.agreeing == servers.asked ? .ok : .warning
    line.add("\(servers.agreeing)/\(servers.asked) server\(servers.asked == 1 ? "" : "s") agree", role)
    if let latency = hop.latency { line.add("   \(latencyText(latency))", .dim) }
    return line
  }

  private func address(_ address: TraceWalk.Address) -> TextLine {
    var line = TextLine(padded(address.text, to: 15) + "  ")
    line.add(address.owner, .dim)
    if let note = address.note { line.add("  " + note, .warning) }
    return line
  }

  /// Several addresses a line, as many as fit; those with something to say have their own.
  private func packed(_ addresses: [TraceWalk.Address]) -> [TextLine] {
    var lines: [TextLine] = []
    for item in addresses {
      let text = item.note == nil ? TextLine(item.text + "  ") : address(item)
      if let last = lines.last, item.note == nil, last.width + text.width <= size.columns {
        lines[lines.count - 1].add(text)
      } else {
        lines.append(bar(" ").appending(text))
      }
    }
    return lines
  }

  private func disagreement(_ hop: TraceWalk.Hop) -> [TextLine] {
    hop.others.map { bar(" \(glyphs.different) \($0.server) ", .warning).appending($0.said) }
  }

  private func outcome(_ walk: TraceWalk) -> TextLine {
    var line = TextLine(" \(glyphs.end) ", walk.isGood ? .ok : .error)
    line.add(walk.summary, walk.isGood ? .text : .error)
    if state.tracing.pending != nil, walk.asked == nil { line.add("  asking the servers…", .dim) }
    if let asked = walk.asked, state.now - asked >= .seconds(10) {
      line.add("  asked \(ageText(state.now - asked)) ago", .dim)
    }
    return line
  }

  private func drift(_ name: NameSnapshot, _ folding: NameFolding) -> [TextLine] {
    guard Set(name.desired) != Set(name.published) else { return [] }
    return [
      TextLine(" \(glyphs.leads) published ", .warning)
        .appending(setsText(name.published, folding, glyphs)),
      TextLine("   desired   ", .warning).appending(setsText(name.desired, folding, glyphs)),
    ]
  }

  private func orders(isDense: Bool) -> [TextLine] {
    guard let id = state.selection, state.view == .tree || state.view == .trace else { return [] }
    let standing = state.orders(over: id).flatMap { cordon -> [TextLine] in
      var title = TextLine(" \(cordon.kind == .drain ? glyphs.state.drained : glyphs.state.held) ", .drained)
      title.add("\(cordon.kind.rawValue) of \(cordon.target)", .drained)
      let words = "by \(cordon.holder): \(cordon.reason)"
      let left = cordon.expires > state.now ? "\(countdownText(cordon.expires - state.now)) left" : "ends now"
      let phases = state.phases(of: cordon)
      if isDense {
        return [title.appending(" \(words)").appending(", \(left)", .dim)] + (phases.map { [$0.line(glyphs)] } ?? [])
      }
      let head =
        title.width + 1 + columns(of: words) <= size.columns
        ? [title.appending(" \(words)")] : [title] + TextLine("   ").wrapping(words, width: size.columns)
      return [TextLine("")] + head + [TextLine("   \(left), then it ends by itself", .dim)]
        + (phases?.lines(glyphs) ?? [])
    }
    return standing
      + state.ended(over: id).prefix(2).map { event in
        TextLine(" \(glyphs.state.ok) ended \(ageText(state.now - event.time)) ago: ", .ok)
          .appending("\(event.subject), \(event.message)")
      }
  }
}

/// Record sets in words: `A 104.197.244.180`, `A ×3`, `CNAME ….svc.us-central1.example.com`.
func setsText(_ sets: [RecordSet], _ folding: NameFolding, _ glyphs: Glyphs) -> String {
  if sets.isEmpty { return "nothing" }
  return sets.map { set in
    switch set.type {
    case .cname:
      "CNAME "
        + set.values.map { folding.short(DomainName(canonical: $0), ellipsis: glyphs.ellipsis, width: 0) }.joined(
          separator: " ")
    case .txt: "TXT"
    case .a, .aaaa:
      set.values.count == 1
        ? "\(set.type.rawValue) \(set.values[0])" : "\(set.type.rawValue) \(glyphs.times)\(set.values.count)"
    }
  }.joined(separator: ", ")
}
