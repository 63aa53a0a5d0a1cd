import Control
import Federation
import Foundation
import Journal
import Resolution

@testable import Dashboard

/// The incident that screenshots and replays are made of, told picture by picture in the seed federation: healthy;
/// us-central1-f goes down; ops1 drains us-central1-b; europe-west1-c falls silent; a name drifts; an order is refused.
struct Incident {
  /// 14:02:31 is when it is at its worst.
  static let start = SampleWorld.now + .seconds(-300)
  private(set) var entries: [JournalEntry] = []
  private var world = SampleWorld()
  private var time = Self.start

  static func lines() -> [UInt8] {
    var incident = Incident()
    incident.tell()
    return incident.entries.flatMap { $0.line + [UInt8(ascii: "\n")] }
  }

  private var last: FederationSnapshot?

  /// Shows the world as it is now.
  private mutating func show() {
    world.snapshot.time = time
    world.snapshot.revision += 1
    for index in world.snapshot.clusters.indices
    where world.snapshot.clusters[index].cluster.condition != .unreachable {
      world.snapshot.clusters[index].lastHeard = time
    }
    if let last, let change = PictureChange(from: last, to: world.snapshot) {
      entries.append(JournalEntry(time: time, content: .change(change)))
    } else {
      entries.append(JournalEntry(time: time, content: .picture(world.snapshot)))
    }
    last = world.snapshot
  }

  private mutating func pass(_ seconds: Int64) { time = time + .seconds(seconds) }

  private mutating func note(_ kind: Event.Kind, _ subject: String, _ message: String) {
    world.snapshot.events.insert(Event(time: time, kind: kind, subject: subject, message: message), at: 0)
  }

  private mutating func add(_ content: JournalEntry.Content) {
    entries.append(JournalEntry(time: time, content: content))
  }

  /// Publishes what serves, as the next generation.
  private mutating func commit(_ message: String) {
    world.publish()
    world.snapshot.services[0].generation? += 1
    note(.applied, "mynamespace/nginx", "\(message), generation \(world.snapshot.services[0].generation ?? 0)")
    world.snapshot.dns = .inStep
  }

  private mutating func setShard(_ cluster: String, ready: Int, _ reason: Verdict.Reason, serves: Bool) {
    let now = time
    world.change(cluster) { shard in
      shard.shard.readyEndpoints = ready
      shard.verdict.isHealthy = reason == .healthy
      shard.verdict.reason = reason
      shard.isServing = serves
      shard.observed = now
      shard.since = now
      shard.history = Array((shard.history + [ready]).suffix(12))
    }
  }

  private mutating func tell() {
    begin()
    loseEndpoints()
    drain()
    fallSilent()
    drift()
    refuse()
    recover()
  }
}

extension Incident {
  /// Everything is well.
  private mutating func begin() {
    for zone in SampleWorld.regions.flatMap({ region in region.zones.map { "\(region.name)-\($0)" } }) {
      let address = SampleWorld.healthy[zone]
      world.change(zone) { shard in
        if address == nil { shard.shard.addresses = ["104.197.240.\(zone.utf8.reduce(0) { ($0 + Int($1)) % 250 })"] }
        shard.shard.readyEndpoints = 3
        shard.verdict.isHealthy = true
        shard.verdict.reason = .healthy
        shard.isServing = true
        shard.observed = Self.start
        shard.since = Self.start + .seconds(-86_000)
        shard.history = [3, 3, 3, 3, 3, 3, 3, 3]
      }
    }
    world.snapshot.environment = "production"
    world.snapshot.events = []
    world.publish()
    note(.leader, "federation", "this process leads, term 7")
    show()
    trace("us-central1-f", ["104.197.240.\("us-central1-f".utf8.reduce(0) { ($0 + Int($1)) % 250 })"])
  }

  private mutating func loseEndpoints() {
    pass(60)
    setShard("us-central1-f", ready: 1, .healthy, serves: true)
    show()
    pass(8)
    setShard("us-central1-f", ready: 0, .noReadyEndpoints, serves: true)
    note(.down, "us-central1-f/mynamespace/nginx", "0 of 3 endpoints ready → the zone's name is a CNAME to us-central1")
    world.snapshot.dns = .changing(3)
    show()
    pass(1)
    setShard("us-central1-f", ready: 0, .noReadyEndpoints, serves: false)
    commit("3 names changed")
    show()
    add(.trace(SampleWorld.trace("us-central1-f", region: "us-central1", addresses: serving("us-central1"))))
  }

  private mutating func drain() {
    pass(40)
    let asked = SampleWorld.drain(.zone("us-central1-b"), ago: 0)
    var order = asked
    order.created = time
    order.expires = time + .seconds(2_700)
    let preview = plan(order)
    add(.preview(preview))
    pass(22)
    order.created = time
    order.expires = time + .seconds(2_700)
    let intent = Intent.place(order, planHash: preview.planHash, overrides: [])
    add(.intent(intent, by: "ops1"))
    pass(1)
    world.snapshot.cordons = [order]
    note(.drain, "zone/us-central1-b", "drained by ops1 until \(clockText(order.expires)): rack power")
    setShard("us-central1-b", ready: 3, .drained, serves: false)
    commit("4 names changed")
    var status = DrainStatus(target: order.target, service: order.service, accepted: time)
    world.snapshot.drains = [status]
    show()
    add(.result(.done("zone/us-central1-b is drained until \(clockText(order.expires))"), of: intent, by: "ops1"))
    pass(2)
    status.servers = ServerCount(agreeing: 2, asked: 2)
    status.served = time
    status.cachesEnd = time + .seconds(180)
    world.snapshot.drains = [status]
    show()
    add(.trace(SampleWorld.trace("us-central1-b", region: "us-central1", addresses: serving("us-central1"))))
    add(.trace(SampleWorld.trace("us-central1-f", region: "us-central1", addresses: serving("us-central1"))))
  }

  /// What the drain of us-central1-b would do now.
  private func plan(_ order: Cordon) -> DrainPreview {
    var after = world
    after.change("us-central1-b") { $0.isServing = false }
    after.publish()
    let names = zip(world.snapshot.services[0].names, after.snapshot.services[0].names)
    let changes = names.filter { $0.published != $1.published }.map {
      Change(action: .replace, name: $0.name, before: $0.published.first, after: $1.published.first)
    }
    func capacity(_ level: Level, _ isHere: (ShardSnapshot) -> Bool) -> DrainPreview.Capacity {
      func ready(_ world: SampleWorld) -> Int {
        world.snapshot.services[0].shards.filter { $0.isServing && isHere($0) }.reduce(0) {
          $0 + $1.shard.readyEndpoints
        }
      }
      return DrainPreview.Capacity(
        service: SampleWorld.nginx, level: level, remaining: ready(after), total: ready(world),
        peak: .init(ready: ready(world), span: .seconds(120)))
    }
    return DrainPreview(
      change: .placing([order]),
      plans: [ServicePlan(service: SampleWorld.nginx, records: [], changes: changes, held: [], verdicts: [])],
      affected: [SampleWorld.name("us-central1-f")],
      capacity: [capacity(.region("us-central1")) { $0.region == "us-central1" }, capacity(.global) { _ in true }],
      shards: 1, objections: [], cachesEndAfter: .seconds(180), planHash: "9f31c0de", computed: time)
  }

  private mutating func fallSilent() {
    pass(50)
    let heard = time + .seconds(-12)
    for index in world.snapshot.clusters.indices
    where world.snapshot.clusters[index].cluster.name == "europe-west1-c" {
      world.snapshot.clusters[index].cluster.condition = .unreachable
      world.snapshot.clusters[index].reason = "no answer: connection refused"
      world.snapshot.clusters[index].lastHeard = heard
      world.snapshot.clusters[index].since = time
    }
    setShard("europe-west1-c", ready: 3, .clusterUnreachable, serves: true)
    note(.cluster, "europe-west1-c", "unreachable: no answer: connection refused")
    world.snapshot.services[0].held = [
      Hold(
        rule: .quorum, service: SampleWorld.nginx, name: SampleWorld.name("europe-west1-c"),
        why: "europe-west1-c does not answer; its addresses are held as they were")
    ]
    world.snapshot.dns = .held([.quorum])
    note(.held, SampleWorld.name("europe-west1-c").text, "quorum: europe-west1-c does not answer; its address is held")
    show()
  }

  private mutating func drift() {
    pass(31)
    let name = SampleWorld.name("asia-east1-a")
    for index in world.snapshot.services[0].names.indices where world.snapshot.services[0].names[index].name == name {
      world.snapshot.services[0].names[index].published = [
        RecordSet(name: name, type: .a, ttl: 180, values: ["203.0.113.9"])
      ]
      world.snapshot.services[0].names[index].servers = ServerCount(agreeing: 1, asked: 2)
    }
    world.snapshot.services[0].held.append(
      Hold(
        rule: .owned, service: SampleWorld.nginx, name: name,
        why: "somebody else wrote 203.0.113.9 here; override owned to take the name back"))
    world.snapshot.dns = .held([.owned, .quorum])
    note(.held, name.text, "owned: somebody else wrote 203.0.113.9 here")
    show()
  }

  private mutating func refuse() {
    pass(25)
    var order = SampleWorld.drain(.zone("us-central1-c"), ago: 0)
    order.created = time
    order.expires = time + .seconds(3_600)
    order.holder = "ops2"
    order.reason = "kernel update"
    let intent = Intent.place(order, planHash: "17aa02ff", overrides: [])
    add(.intent(intent, by: "ops2"))
    pass(1)
    let why = "zone/us-central1-b is drained already by ops1; a second drain needs one-drain overridden"
    add(.result(.refused(.oneDrain, why), of: intent, by: "ops2"))
    note(.held, "zone/us-central1-c", "one-drain: \(why)")
    show()
  }

  private mutating func recover() {
    pass(74)
    setShard("us-central1-f", ready: 3, .healthy, serves: true)
    note(.up, "us-central1-f/mynamespace/nginx", "3 of 3 endpoints ready → its address is in DNS again")
    world.snapshot.services[0].generation? += 1
    let keep = world.snapshot.services[0].names.first { $0.name == SampleWorld.name("asia-east1-a") }
    world.publish()
    for index in world.snapshot.services[0].names.indices
    where world.snapshot.services[0].names[index].name == keep?.name {
      if let keep { world.snapshot.services[0].names[index] = keep }
    }
    show()
  }

  private func serving(_ region: String) -> [String] {
    world.snapshot.services[0].shards.filter { $0.isServing && $0.region == region }.flatMap(\.shard.addresses)
  }

  private mutating func trace(_ zone: String, _ addresses: [String]) {
    let answer = ServerAnswer(
      server: "127.0.0.1:5311", content: .addresses(addresses), ttl: 180, latency: .microseconds(400))
    add(
      .trace(
        Trace(
          name: SampleWorld.name(zone), type: .a, hops: [Hop(name: SampleWorld.name(zone), answers: [answer])],
          outcome: .addresses(addresses))))
  }
}

/// The recorded scenario beside the tests.
enum Scenario {
  static var path: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Scenarios/incident.jsonl").path
  }

  /// What is kept; made anew with `ZONETOP_RECORD=1`.
  static func bytes() throws -> [UInt8] {
    if ProcessInfo.processInfo.environment["ZONETOP_RECORD"] == "1" {
      try Data(Incident.lines()).write(to: URL(filePath: path))
    }
    return [UInt8](try Data(contentsOf: URL(filePath: path)))
  }

  static func recording() throws -> Recording { try Recording.read(try bytes(), name: "incident.jsonl").recording }
}
