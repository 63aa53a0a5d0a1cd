import Control
import Federation
import Resolution

/// The chain to show for a name: what the servers answered, else what is published.
struct TraceWalk {
  struct Hop {
    var name: DomainName
    /// `A`, `AAAA`, `CNAME` or what went wrong.
    var kind: String
    var isFailure = false
    var ttl: UInt32?
    /// Nil when no server was asked.
    var servers: ServerCount?
    var latency: Duration?
    var values: [String] = []
    /// Servers that say something else than the first.
    var others: [(server: String, said: String)] = []
  }

  struct Address {
    var text: String
    /// The zones whose shards have it.
    var owner: String
    var note: String?
  }

  private(set) var hops: [Hop] = []
  private(set) var summary = ""
  private(set) var isGood = true
  /// When the servers were asked.
  private(set) var asked: Timestamp?
  private let state: DashboardState
  private let service: ServiceSnapshot

  init(state: DashboardState, service: ServiceSnapshot, name: NameSnapshot) {
    self.state = state
    self.service = service
    if let result = state.tracing.results[name.name] {
      asked = result.at
      hops = result.trace.hops.map(Self.hop)
      describe(result.trace)
    } else {
      walkPublished(from: name.name)
    }
  }

  private static func hop(_ hop: Resolution.Hop) -> Hop {
    var shown = Hop(name: hop.name, kind: "silent")
    shown.isFailure = true
    guard
      let first = hop.answers.first(where: { if case .failure = $0.content { false } else { true } })
        ?? hop.answers.first
    else { return shown }
    shown.isFailure = false
    shown.ttl = first.ttl
    shown.latency = hop.answers.map(\.latency).max()
    let agreeing = hop.answers.filter { $0.content == first.content }
    shown.servers = ServerCount(agreeing: agreeing.count, asked: hop.answers.count)
    shown.others = hop.answers.filter { $0.content != first.content }.map { ($0.server, words($0.content)) }
    switch first.content {
    case .cname: shown.kind = "CNAME"
    case .addresses(let values):
      shown.kind = values.contains { $0.contains(":") } ? "AAAA" : "A"
      shown.values = values
    case .noSuchName, .noData, .failure:
      shown.kind = words(first.content)
      shown.isFailure = true
      shown.ttl = nil
    }
    return shown
  }

  private static func words(_ content: ServerAnswer.Content) -> String {
    switch content {
    case .cname(let name): "CNAME \(name)"
    case .addresses(let values): values.joined(separator: " ")
    case .noSuchName: "no such name"
    case .noData: "no data"
    case .failure(let why): why
    }
  }

  private mutating func describe(_ trace: Trace) {
    let hopCount = max(0, trace.hops.count - 1)
    let hopsText = "\(hopCount) hop\(hopCount == 1 ? "" : "s")"
    let latency = hops.compactMap(\.latency).reduce(.zero, +)
    isGood = false
    switch trace.outcome {
    case .addresses(let values):
      isGood = true
      summary = "\(values.count) address\(values.count == 1 ? "" : "es"), \(hopsText), \(latencyText(latency))"
    case .missing(let name): summary = "no such name: \(name)"
    case .empty(let name): summary = "nothing at \(name)"
    case .loop(let name): summary = "a loop: back at \(name)"
    case .tooLong: summary = "the chain is longer than resolvers follow"
    case .failed(let why): summary = why
    }
  }

  private mutating func walkPublished(from start: DomainName) {
    var next: DomainName? = start
    var seen: Set<DomainName> = []
    while let name = next, seen.insert(name).inserted {
      next = nil
      let sets = service.names.first { $0.name == name }?.published ?? []
      if let cname = sets.first(where: { $0.type == .cname }) {
        hops.append(Hop(name: name, kind: "CNAME", ttl: cname.ttl))
        next = cname.values.first.map { DomainName(canonical: $0) }
      } else {
        let values = sets.filter { $0.type == .a || $0.type == .aaaa }
        let kind = values.first?.type.rawValue ?? "empty"
        hops.append(
          Hop(
            name: name, kind: kind, isFailure: values.isEmpty, ttl: values.first?.ttl, values: values.flatMap(\.values))
        )
      }
    }
    let count = hops.last?.values.count ?? 0
    let hopCount = hops.count - 1
    isGood = count > 0
    summary =
      count > 0
      ? "\(count) address\(count == 1 ? "" : "es"), \(hopCount) hop\(hopCount == 1 ? "" : "s")"
      : "no address at the end"
  }

  /// Why a name holds what it holds, from the health of its place.
  func why(_ name: DomainName) -> String? {
    guard let level = service.names.first(where: { $0.name == name })?.level else { return nil }
    switch level {
    case .global: return nil
    case .region(let region):
      guard let place = state.tree[.region(region)] else { return nil }
      return "\(place.tally.serving) of \(place.tally.total) serving in \(region)"
    case .zone(let zone, let region):
      guard let place = state.tree[.zone(zone, region: region)] else { return nil }
      guard let shard = state.shard(of: place) else {
        return place.isLeaf
          ? place.state == .stale ? "cluster unreachable, never seen" : "no shard here"
          : "\(place.tally.serving) of \(place.tally.total) serving in \(zone)"
      }
      return "\(reasonText(shard, state: place.state)) \(sinceWords(shard.since, now: state.now))"
    }
  }

  /// The addresses of a hop with whose they are, and those that are just leaving it.
  func addresses(of hop: Hop) -> [Address] {
    guard !hop.values.isEmpty else { return [] }
    var owners: [String: [ShardSnapshot]] = [:]
    for shard in service.shards {
      for address in shard.shard.addresses { owners[address, default: []].append(shard) }
    }
    return hop.values.map { value in
      let shards = owners[value] ?? []
      let zones = Set(shards.flatMap { $0.zones.isEmpty ? [$0.shard.cluster] : $0.zones }).sorted()
      let owner = zones.isEmpty ? "of no shard known" : zones.joined(separator: ", ")
      let note = shards.first.flatMap { shard -> String? in
        switch shard.verdict.reason {
        case .healthy: nil
        case .drained: "leaving: drained"
        case .clusterUnreachable: "held: unreachable"
        case .cordoned: "cordoned"
        default: "held: not healthy"
        }
      }
      return Address(text: value, owner: owner, note: note)
    }
  }
}
