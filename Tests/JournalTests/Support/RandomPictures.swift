import Control
import Federation
import Resolution

@testable import Journal

/// Numbers by a seed, so that a failure can be seen again.
struct Dice: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// Pictures drawn by lot: every field takes every shape that it can have.
struct RandomPictures {
  var dice: Dice
  static let start = Timestamp(seconds: 1_792_159_351)

  init(seed: UInt64) { dice = Dice(seed) }

  mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &dice) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func maybe<Value>(_ value: Value) -> Value? { chance(50) ? value : nil }
  mutating func any<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
  mutating func some<Value>(_ make: (inout Self) -> Value) -> [Value] { (0..<below(4)).map { _ in make(&self) } }
  mutating func text() -> String { any(["", "rack power", "ärger «x» \"q\" \\", "0 of 3 → us-central1", "日本"]) }
  mutating func time() -> Timestamp { Self.start + .nanoseconds(Int64(below(1_000_000)) * 1_000_003) }
  mutating func rule() -> SafetyRule { any(SafetyRule.allCases) }
  mutating func key() -> ServiceKey { ServiceKey(namespace: any(["shop", "my"]), name: "svc-\(below(4))") }
  mutating func name() -> DomainName { DomainName(canonical: "n\(below(9)).example.com") }

  mutating func set() -> RecordSet {
    RecordSet(
      name: name(), type: any(RecordType.allCases), ttl: UInt32(below(600)),
      values: some { "10.0.0.\($0.below(250))" })
  }

  mutating func level() -> Level {
    any([.global, .region("r\(below(2))"), .zone("z\(below(3))", region: "r\(below(2))")])
  }

  mutating func target() -> CordonTarget {
    any([.zone("z1"), .region("r1"), .cluster("c1"), .shard(cluster: "c2", service: key())])
  }

  mutating func cordon() -> Cordon {
    Cordon(
      kind: any(Cordon.Kind.allCases), target: target(), service: maybe(key()), reason: text(), holder: text(),
      created: time(), expires: time())
  }

  mutating func hold() -> Hold { Hold(rule: rule(), service: key(), name: maybe(name()), why: text()) }

  mutating func shard(_ cluster: String) -> ShardSnapshot {
    ShardSnapshot(
      shard: Shard(
        cluster: cluster, addresses: some { "10.0.0.\($0.below(250))" }, readyEndpoints: below(9),
        totalEndpoints: below(9), isListed: chance(80)), region: "r\(below(2))", zones: some { "z\($0.below(3))" },
      verdict: Verdict(
        service: key(), cluster: cluster, isHealthy: chance(50),
        reason: any([.healthy, .drained, .noReadyEndpoints, .clusterUnreachable])), isServing: chance(50),
      observed: maybe(time()), since: time(), history: some { $0.below(9) })
  }

  mutating func nameSnapshot(_ name: DomainName) -> NameSnapshot {
    let published = some { $0.set() }
    return NameSnapshot(
      name: name, level: level(), desired: chance(60) ? published : some { $0.set() }, published: published,
      servers: maybe(ServerCount(agreeing: below(3), asked: below(3))))
  }

  mutating func service(_ key: ServiceKey) -> ServiceSnapshot {
    let clusters = ["c1", "c2", "c3", "c4"].filter { _ in chance(70) }
    let names = (0..<5).map { DomainName(canonical: "n\($0).example.com") }.filter { _ in chance(70) }
    return ServiceSnapshot(
      key: key, ttl: UInt32(below(900)), generation: maybe(UInt64(below(99))), shards: clusters.map { shard($0) },
      names: names.map { nameSnapshot($0) }, held: some { $0.hold() },
      pin: chance(20)
        ? RollbackOrder(
          service: key, generation: 7, records: some { $0.set() }, reason: text(), holder: text(), created: time(),
          expires: time(), overrides: chance(50) ? [.knownDead, rule()] : []) : nil,
      refusals: chance(30) ? ["c9": text()] : [:])
  }

  mutating func cluster(_ name: String) -> ClusterSnapshot {
    ClusterSnapshot(
      cluster: Cluster(
        name: name, region: "r1", zones: some { "z\($0.below(3))" }, condition: any(ClusterCondition.allCases),
        labels: maybe(["tier": text()])), reason: text(), lastHeard: maybe(time()), since: time())
  }

  mutating func drain() -> DrainStatus {
    DrainStatus(
      target: target(), service: maybe(key()), accepted: maybe(time()),
      servers: maybe(ServerCount(agreeing: 1, asked: 2)), served: maybe(time()), cachesEnd: maybe(time()))
  }

  mutating func event() -> Event {
    Event(time: time(), kind: any([.up, .down, .held, .applied, .drain, .error]), subject: text(), message: text())
  }

  mutating func alias(_ name: DomainName) -> AliasSnapshot {
    var alias = AliasSnapshot(
      alias: Alias(
        name: name, service: key(), target: any([.global, .region("r1"), .zone("z1", region: maybe("r1"))]),
        ttl: maybe(60)), generation: maybe(3))
    alias.desired = maybe(set())
    alias.published = some { PublishedRecordSet(recordSet: $0.set(), owner: $0.maybe("fed")) }
    alias.why = maybe(text())
    return alias
  }

  mutating func picture() -> FederationSnapshot {
    let services = ["a/x", "b/y", "c/z"].filter { _ in chance(80) }.compactMap { ServiceKey($0) }
    let states: [DNSState] = [.unknown, .inStep, .changing(below(9)), .held([rule()]), .unreachable(text())]
    return FederationSnapshot(
      revision: UInt64(below(99_999)), time: time(),
      federation: Federation(
        name: "fed", domain: DomainName(canonical: "example.com"), ttl: 60, nameLayout: any(NameLayout.allCases)),
      provider: text(), environment: maybe(text()),
      clusters: ["c1", "c2", "c3"].filter { _ in chance(80) }.map { cluster($0) },
      services: services.map { service($0) },
      aliases: ["w1.example.com", "w2.example.com"].filter { _ in chance(50) }.map { alias(DomainName(canonical: $0)) },
      cordons: some { $0.cordon() }, drains: some { $0.drain() },
      orders: some {
        OrderSnapshot(
          cordon: $0.cordon(),
          status: CordonStatus(
            phase: $0.any(CordonStatus.Phase.allCases), message: $0.text(), drain: $0.maybe($0.drain()),
            isExpiring: $0.chance(50)))
      }, dns: any(states), leader: any([.none, .this, .other(text())]),
      held: some { FederationHold(rule: $0.rule(), subject: $0.text(), why: $0.text()) }, events: some { $0.event() })
  }

  /// A picture after another: parts of it are as they were.
  mutating func picture(after former: FederationSnapshot) -> FederationSnapshot {
    var next = former
    let fresh = picture()
    next.time = former.time + .milliseconds(Int64(1 + below(5_000)))
    next.revision += 1
    if chance(20) { (next.dns, next.held) = (fresh.dns, fresh.held) }
    if chance(20) { (next.cordons, next.orders, next.drains) = (fresh.cordons, fresh.orders, fresh.drains) }
    if chance(20) { next.clusters = fresh.clusters.shuffled(using: &dice) }
    if chance(20) { next.aliases = fresh.aliases }
    if chance(10) { next.services = fresh.services.shuffled(using: &dice) }
    if chance(40) { next.events = Array((some { $0.event() } + next.events).prefix(6)) }
    if !next.services.isEmpty, chance(60) {
      let index = below(next.services.count)
      let other = service(next.services[index].key)
      if chance(50) { next.services[index].shards = other.shards }
      if chance(50) { next.services[index].names = other.names.reversed() }
      if chance(30) { next.services[index].held = other.held }
    }
    for index in next.clusters.indices where chance(50) { next.clusters[index].lastHeard = next.time }
    return next
  }

  mutating func preview() -> DrainPreview {
    DrainPreview(
      change: chance(50) ? .placing([cordon()]) : .lifting([cordon(), cordon()]),
      plans: some {
        ServicePlan(
          service: $0.key(), records: $0.some { $0.set() },
          changes: $0.some {
            Change(
              action: $0.any([.create, .replace, .delete]), name: $0.name(), before: $0.maybe($0.set()),
              after: $0.maybe($0.set()))
          }, held: $0.some { $0.hold() },
          verdicts: $0.some { Verdict(service: $0.key(), cluster: "c1", isHealthy: $0.chance(50), reason: .healthy) })
      }, affected: some { $0.name() },
      capacity: some {
        DrainPreview.Capacity(
          service: $0.key(), level: $0.level(), remaining: $0.below(9), total: $0.below(9),
          peak: $0.maybe(.init(ready: $0.below(9), span: .seconds(120))))
      }, shards: below(9), objections: some { $0.hold() }, waits: some { $0.hold() }, nearby: some { $0.cordon() },
      returns: some { DrainPreview.Return(service: $0.key(), cluster: "c1", why: $0.maybe($0.text())) },
      cachesEndAfter: .milliseconds(Int64(below(900))), planHash: "9f31c0de",
      computed: time())
  }

  mutating func trace() -> Trace {
    let contents: [ServerAnswer.Content] = [
      .cname(name()), .addresses(["10.0.0.1"]), .addresses([]), .noSuchName, .noData, .failure(text()),
    ]
    return Trace(
      name: name(), type: any(RecordType.allCases),
      hops: some {
        Hop(
          name: $0.name(),
          answers: $0.some {
            ServerAnswer(
              server: "127.0.0.1:53", content: $0.any(contents), ttl: UInt32($0.below(99)),
              latency: .microseconds($0.below(9_999)))
          })
      },
      outcome: any([
        .addresses(["10.0.0.1"]), .missing(name()), .empty(name()), .loop(name()), .tooLong, .failed(text()),
      ]))
  }

  mutating func intent() -> Intent {
    any([
      .place(cordon(), planHash: maybe("9f"), overrides: chance(50) ? [rule()] : []),
      .uncordon(target(), service: maybe(key())), .reconcile(maybe(key())),
    ])
  }

  mutating func entry() -> JournalEntry {
    let contents: [JournalEntry.Content] = [
      .picture(picture()), .trace(trace()), .preview(preview()), .intent(intent(), by: "ops1"),
      .result(
        any([.done(text()), .refused(rule(), text()), .changed(preview()), .failed(text())]), of: intent(), by: "ops1"),
    ]
    return JournalEntry(time: time(), content: any(contents))
  }
}

extension FederationSnapshot {
  /// Without what is told seldom: when things were heard and looked at.
  var withoutLooks: FederationSnapshot {
    var plain = self
    for index in plain.clusters.indices where plain.clusters[index].lastHeard != nil {
      plain.clusters[index].lastHeard = RandomPictures.start
    }
    for service in plain.services.indices {
      for shard in plain.services[service].shards.indices {
        plain.services[service].shards[shard].observed = nil
        plain.services[service].shards[shard].history = []
      }
    }
    return plain
  }
}
