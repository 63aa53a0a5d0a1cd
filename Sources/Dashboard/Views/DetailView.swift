import Control
import Federation
import Terminal

/// What there is to say about the selected row of a table.
struct DetailView {
  let state: DashboardState
  let glyphs: Glyphs
  let width: Int

  var title: String {
    switch state.pickedID {
    case .service(let key)?: key.description
    case .cluster(let name)?: name
    case .finding?: state.pickedFinding?.subject ?? ""
    case .name(let name)?: name.text
    case .item?, nil: "detail"
    }
  }

  func lines() -> [TextLine] {
    switch state.view {
    case .services: service()
    case .clusters: cluster()
    case .doctor: finding()
    case .tree, .records, .trace, .timeline: []
    }
  }

  private func fact(_ name: String, _ text: String, _ role: Role = .text) -> [TextLine] {
    var line = TextLine(" ")
    line.column(name, 9, .dim)
    return line.wrapping(text, width: width, role)
  }

  private func finding() -> [TextLine] {
    guard let finding = state.pickedFinding else { return [TextLine(" nothing is wrong", .ok)] }
    return fact("what", finding.what, .strong) + fact("seen", finding.evidence) + fact("do", finding.cure, .key)
  }

  private func service() -> [TextLine] {
    guard let key = state.pickedService, let summary = state.summaries.first(where: { $0.key == key }),
      let service = state.snapshot?.services[summary.position]
    else { return [TextLine(" no service", .dim)] }
    let folding = NameFolding(service: key, federation: state.snapshot?.federation)
    var lines: [TextLine] = []
    for hold in service.held { lines += fact("held", "\(hold.rule.rawValue): \(hold.why)", .held) }
    for (cluster, why) in service.refusals.sorted(by: { $0.key < $1.key }) {
      lines += fact("refused", "\(cluster): \(why)", .warning)
    }
    // The levels above the zones: what most askers get.
    for name in service.namesByPlace where name.level != .global || !name.published.isEmpty {
      if case .zone = name.level { continue }
      lines += fact(
        name.level == .global ? "global" : "region",
        "\(folding.label(of: name.name)) \(glyphs.dot) \(setsText(name.published, folding, glyphs))")
    }
    let troubled = service.shards.filter { !$0.verdict.isHealthy }
    for shard in troubled.prefix(40) {
      lines += fact("shard", "\(shard.shard.cluster) \(glyphs.dot) \(shard.verdict.reason.sentence)", .down)
    }
    return lines
  }

  private func cluster() -> [TextLine] {
    guard let entry = state.pickedCluster, let snapshot = state.snapshot else {
      return [TextLine(" no cluster", .dim)]
    }
    let name = entry.cluster.name
    let age = entry.lastHeard.map { heardText(state.now - $0) }
    let heard = age.map { $0 == "now" ? "heard just now" : "last heard \($0) ago" } ?? "never heard"
    let condition = entry.cluster.condition
    var lines = fact(
      "state", "\(condition.word) \(sinceWords(entry.since, now: state.now)), \(heard)", condition.health.role)
    lines += fact("why", entry.reason)
    lines += fact("where", "\(entry.cluster.region): \(entry.cluster.zones.joined(separator: " "))")
    for cordon in snapshot.cordons where covers(cordon, entry.cluster) {
      lines += fact(
        cordon.kind.rawValue,
        "\(cordon.target) by \(cordon.holder): \(cordon.reason), \(countdownText(cordon.expires - state.now)) left",
        .drained)
    }
    var shown = 0
    for service in snapshot.services where shown < 40 {
      guard let shard = service.shards.first(where: { $0.shard.cluster == name }) else { continue }
      shown += 1
      let ready = "\(shard.shard.readyEndpoints)/\(shard.shard.totalEndpoints)"
      lines += fact(
        "shard",
        [
          "\(service.key)", ready, shard.isServing ? "in DNS" : "not in DNS", shard.verdict.reason.sentence,
        ].joined(separator: " \(glyphs.dot) "),
        shard.verdict.isHealthy ? .text : .down)
    }
    return lines
  }

  private func covers(_ cordon: Cordon, _ cluster: Cluster) -> Bool {
    switch cordon.target {
    case .zone(let zone): cluster.zones.contains(zone)
    case .region(let region): cluster.region == region
    case .cluster(let name), .shard(let name, _): cluster.name == name
    }
  }
}
