import Control
import Federation
import Journal

@testable import Dashboard

/// The incident that screenshots and replays are made of, told picture by picture in the seed federation: healthy;
/// us-central1-f goes down; ops1 drains us-central1-b; europe-west1-c falls silent; a name drifts; an order is refused;
/// all is well again; us-east1 goes down, zone after zone.
struct Incident {
  /// 14:02:31 is when it is at its worst.
  static let start = SampleWorld.now + .seconds(-300)
  private(set) var entries: [JournalEntry] = []
  var world = SampleWorld()
  private(set) var time = Self.start

  static func lines() -> [UInt8] {
    var incident = Incident()
    incident.tell()
    return incident.entries.flatMap { $0.line + [UInt8(ascii: "\n")] }
  }

  private var last: FederationSnapshot?

  /// Shows the world as it is now.
  mutating func show() {
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

  /// Shows that all is heard again, and nothing else.
  mutating func hear() {
    for index in world.snapshot.services[0].shards.indices
    where world.snapshot.services[0].shards[index].verdict.reason != .clusterUnreachable {
      world.snapshot.services[0].shards[index].observed = time
    }
    show()
  }

  mutating func pass(_ seconds: Int64) { time = time + .seconds(seconds) }

  mutating func note(_ kind: Event.Kind, _ subject: String, _ message: String) {
    world.snapshot.events.insert(Event(time: time, kind: kind, subject: subject, message: message), at: 0)
  }

  mutating func add(_ content: JournalEntry.Content) {
    entries.append(JournalEntry(time: time, content: content))
  }

  /// Publishes what serves, as the next generation.
  mutating func commit(_ message: String) {
    world.publish()
    world.snapshot.services[0].generation? += 1
    note(.applied, "mynamespace/nginx", "\(message), generation \(world.snapshot.services[0].generation ?? 0)")
    world.snapshot.dns = .inStep
  }

  mutating func setShard(_ cluster: String, ready: Int, _ reason: Verdict.Reason, serves: Bool) {
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
    mend()
    lift()
    loseRegion()
  }
}
