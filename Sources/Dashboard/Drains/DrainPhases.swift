import Control
import Federation
import Terminal

/// How far a drain has come: accepted by the provider, served by every name server, caches run out. Never one word.
struct DrainPhases: Hashable {
  enum Step: Hashable {
    case waiting(String)
    case done(String)
  }
  var accepted: Step
  var served: Step
  var caches: Step
  var isOver: Bool

  /// Takes what the controller measured; without it, what the names show, and then the end of the caches is the
  /// earliest that it can be.
  init(cordon: Cordon, snapshot: FederationSnapshot, now: Timestamp) {
    let status = snapshot.drains.first { $0.target == cordon.target && $0.service == cordon.service }
    let services = snapshot.services.filter { cordon.service == nil || cordon.service == $0.key }
    // What the controller has measured need not be worked out from the names: there may be a million shards.
    let isMeasured = status?.accepted != nil && status?.servers != nil
    let names = isMeasured ? [] : services.flatMap { Self.names(of: $0, under: cordon) }
    let open = names.count { !$0.isInStep }
    let stillServing =
      status == nil
      && services.contains { service in service.shards.contains { $0.isServing && Self.covers(cordon, $0) } }
    let isAccepted = status?.accepted != nil || (status == nil && open == 0 && !stillServing)
    accepted =
      isAccepted
      ? .done("accepted by the provider")
      : .waiting(
        open > 0 ? "\(open) name\(open == 1 ? "" : "s") still to be changed" : "still in DNS: held, or the last one")

    let counts = names.compactMap(\.servers)
    let count = status?.servers ?? counts.min { $0.agreeing - $0.asked < $1.agreeing - $1.asked }
    let isServed = isAccepted && (status.map { $0.served != nil } ?? (count.map { $0.agreeing == $0.asked } ?? false))
    let figures = count.map { "\($0.agreeing) of \($0.asked) name servers" } ?? "name servers not asked yet"
    served = isServed ? .done("served by \(figures)") : .waiting("served by \(isAccepted ? figures : "none yet")")

    let ttl = services.map(\.ttl).max() ?? snapshot.federation.ttl
    let end = status.map(\.cachesEnd) ?? cordon.created + .seconds(Int64(ttl))
    if isServed, let end, end <= now {
      caches = .done("the last cached answer has ended")
      isOver = true
    } else {
      isOver = false
      let left = end.map { countdownText($0 - now) + " left" }
      caches =
        isServed
        ? .waiting("caches: \(left ?? "unknown")\(status == nil ? " at least" : "")")
        : .waiting("caches: \(countdownText(.seconds(Int64(ttl)))) from when all serve it")
    }
  }

  /// The three phases in one line, for where there is no room for four.
  func line(_ glyphs: Glyphs) -> TextLine {
    var line = TextLine("  ")
    for (index, (step, word)) in zip([accepted, served, caches], ["accepted", "served", "caches ended"]).enumerated() {
      switch step {
      case .done: line.add(" \(index + 1) \(glyphs.state.ok) \(word) ", .ok)
      case .waiting(let text):
        line.add(" \(index + 1) \(glyphs.dot) \(text)", .warning)
        return line
      }
    }
    line.add(" open connections may remain", .drained)
    return line
  }

  func lines(_ glyphs: Glyphs) -> [TextLine] {
    var lines = [accepted, served, caches].enumerated().map { index, step -> TextLine in
      switch step {
      case .done(let text): TextLine("   \(index + 1) \(glyphs.state.ok) ", .ok).appending(text)
      case .waiting(let text): TextLine("   \(index + 1) \(glyphs.dot) ", .warning).appending(text)
      }
    }
    lines.append(
      isOver
        ? TextLine("   drained; open connections may remain", .drained)
        : TextLine("   not drained yet", .warning))
    return lines
  }

  /// The names of the places where an order covers shards of a service.
  private static func names(of service: ServiceSnapshot, under cordon: Cordon) -> [NameSnapshot] {
    var levels: Set<Level> = [.global]
    for shard in service.shards where covers(cordon, shard) {
      levels.insert(.region(shard.region))
      for zone in shard.zones { levels.insert(.zone(zone, region: shard.region)) }
    }
    return levels.compactMap(service.name)
  }

  private static func covers(_ cordon: Cordon, _ shard: ShardSnapshot) -> Bool {
    switch cordon.target {
    case .zone(let zone): shard.zones.contains(zone)
    case .region(let region): shard.region == region
    case .cluster(let cluster): shard.shard.cluster == cluster
    case .shard(let cluster, let service): shard.shard.cluster == cluster && shard.verdict.service == service
    }
  }
}
