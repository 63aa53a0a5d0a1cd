import Control
import Federation
import Journal

@testable import Dashboard

/// How all is well again, and what comes after.
extension Incident {
  mutating func recover() {
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

  /// Everything answers as it did, and the foreign record is gone.
  mutating func mend() {
    pass(34)
    for index in world.snapshot.clusters.indices
    where world.snapshot.clusters[index].cluster.name == "europe-west1-c" {
      world.snapshot.clusters[index].cluster.condition = .ready
      world.snapshot.clusters[index].reason = "answers"
      world.snapshot.clusters[index].since = time
    }
    setShard("europe-west1-c", ready: 3, .healthy, serves: true)
    note(.cluster, "europe-west1-c", "answers again")
    world.snapshot.services[0].held = []
    for index in world.snapshot.services[0].names.indices {
      world.snapshot.services[0].names[index].servers = ServerCount(agreeing: 2, asked: 2)
    }
    commit("1 name changed")
    show()
  }

  mutating func lift() {
    pass(30)
    let intent = Intent.uncordon(.zone("us-central1-b"), service: SampleWorld.nginx)
    add(.intent(intent, by: "ops1"))
    pass(1)
    world.snapshot.cordons = []
    world.snapshot.drains = []
    note(.uncordon, "zone/us-central1-b", "drain lifted")
    setShard("us-central1-b", ready: 3, .healthy, serves: true)
    commit("4 names changed")
    show()
    add(.result(.done("zone/us-central1-b serves again"), of: intent, by: "ops1"))
  }

  /// us-east1 goes down, zone after zone, until its name leads on to the global one.
  mutating func loseRegion() {
    pass(60)
    for (zone, pause) in [("us-east1-d", 7), ("us-east1-b", 19), ("us-east1-c", 0)] as [(String, Int64)] {
      setShard(zone, ready: 0, .noReadyEndpoints, serves: false)
      note(.down, "\(zone)/mynamespace/nginx", "0 of 3 endpoints ready → the zone's name is a CNAME to us-east1")
      commit("\(zone == "us-east1-c" ? 2 : 3) names changed")
      show()
      walk("us-east1-d")
      if zone != "us-east1-d" { walk("us-east1-b") }
      pass(pause)
    }
  }
}
