import Control
import Federation
import Journal

@testable import Dashboard

extension Incident {
  /// Everything is well.
  mutating func begin() {
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
    world.snapshot.events = [
      Event(
        time: time + .seconds(-5), kind: .applied, subject: "mynamespace/nginx",
        message: "1 name changed, generation 812"),
      Event(
        time: time + .seconds(-6), kind: .up, subject: "us-east1-c/mynamespace/nginx",
        message: "3 of 3 endpoints ready → its address is in DNS again"),
      Event(time: time + .seconds(-9), kind: .leader, subject: "federation", message: "this process leads, term 7"),
    ]
    world.publish()
    show()
    for zone in ["us-central1-f", "us-central1-b", "asia-east1-a"] { walk(zone) }
    pass(14)
    hear()
    suppose([.zone("asia-east1-a"), .zone("us-central1-a"), .zone("us-central1-b")], hash: "4c07e91b")
    pass(5)
    let why =
      "this would remove 4 of 13 published addresses (31 %) and at most 30 % may go because they vanished or were ordered"
      + " out: check that it is meant, then override mass-change"
    suppose(
      [.region("us-central1")], hash: "b2d9405e",
      objections: [Hold(rule: .massChange, service: SampleWorld.nginx, name: nil, why: why)])
  }

  mutating func loseEndpoints() {
    pass(41)
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
    walk("us-central1-f")
  }

  mutating func drain() {
    pass(40)
    hear()
    walk("us-central1-f")
    walk("us-central1-b")
    let asked = SampleWorld.drain(.zone("us-central1-b"), ago: 0)
    var order = asked
    order.created = time
    order.expires = time + .seconds(2_700)
    let preview = plan([order], hash: "9f31c0de", objections: [])
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
    walk("us-central1-b")
    walk("us-central1-f")
  }

  mutating func fallSilent() {
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
    walk("europe-west1-c")
  }

  mutating func drift() {
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
    walk("asia-east1-a", lagging: ["130.211.57.243"])
  }

  mutating func refuse() {
    pass(25)
    var order = SampleWorld.drain(.zone("us-central1-b"), ago: 0)
    order.created = time
    order.expires = time + .seconds(3_600)
    order.holder = "ops2"
    order.reason = "kernel update"
    let intent = Intent.place(order, planHash: "17aa02ff", overrides: [])
    add(.intent(intent, by: "ops2"))
    pass(1)
    let until = world.snapshot.cordons[0].expires
    let why =
      "ops1 drains zone/us-central1-b of mynamespace/nginx until \(until) (\"rack power\"): ask them, or lift it first"
    add(.result(.refused(.oneDrain, why), of: intent, by: "ops2"))
    note(.held, "zone/us-central1-b", "one-drain: \(why)")
    show()
  }
}
