import Control
import Federation
import Testing

@testable import Journal

/// What a journal of a large federation costs; the figures are printed, the bounds are wide.
@Suite(.serialized) struct CostTests {
  /// 30 clusters, 167 services: 5,010 shards.
  private static func large() -> FederationSnapshot {
    let now = RandomPictures.start
    let clusters = (0..<30).map { number in
      ClusterSnapshot(
        cluster: Cluster(name: "c\(number)", region: "r\(number % 6)", zones: ["z\(number)"], condition: .ready),
        reason: "answers", lastHeard: now, since: now)
    }
    let services = (0..<167).map { number -> ServiceSnapshot in
      let key = ServiceKey(namespace: "shop-\(number % 10)", name: "svc-\(number)")
      var names: [NameSnapshot] = []
      var shards: [ShardSnapshot] = []
      for (index, cluster) in clusters.map(\.cluster).enumerated() {
        let name = DomainName(canonical: "\(key.name).\(key.namespace).fed.svc.\(cluster.name).example.com")
        let set = RecordSet(name: name, type: .a, ttl: 180, values: ["10.\(number).\(index).1"])
        names.append(
          NameSnapshot(
            name: name, level: .zone(cluster.zones[0], region: cluster.region), desired: [set], published: [set],
            servers: ServerCount(agreeing: 2, asked: 2)))
        shards.append(
          ShardSnapshot(
            shard: Shard(cluster: cluster.name, addresses: set.values, readyEndpoints: 3, totalEndpoints: 3),
            region: cluster.region, zones: cluster.zones,
            verdict: Verdict(service: key, cluster: cluster.name, isHealthy: true, reason: .healthy), isServing: true,
            observed: now, since: now, history: [3, 3, 3, 3, 3, 3, 3, 3]))
      }
      return ServiceSnapshot(key: key, ttl: 180, generation: 1, shards: shards, names: names, held: [])
    }
    return FederationSnapshot(
      revision: 1, time: now, federation: Federation(name: "fed", domain: DomainName(canonical: "example.com")),
      provider: "rfc2136", clusters: clusters, services: services, cordons: [], dns: .inStep, leader: .this, events: [])
  }

  private static func lose(_ count: Int, in picture: FederationSnapshot, step: Int) -> FederationSnapshot {
    var next = picture
    next.revision += 1
    next.time = picture.time + .seconds(1)
    let service = step % next.services.count
    let shard = step % next.services[service].shards.count
    next.services[service].shards[shard].shard.readyEndpoints =
      (next.services[service].shards[shard].shard.readyEndpoints + 1) % 4
    next.services[service].names[shard].published = []
    return next
  }

  @Test func aChangeCostsWhatChanged() throws {
    let clock = ContinuousClock()
    var picture = Self.large()
    var whole = 0
    let wholeTime = clock.measure { whole = JournalEntry(time: picture.time, content: .picture(picture)).line.count }
    var bytes = 0
    let changes = 50
    let time = try clock.measure {
      for step in 1...changes {
        let next = Self.lose(1, in: picture, step: step)
        let change = try #require(PictureChange(from: picture, to: next))
        bytes += JournalEntry(time: next.time, content: .change(change)).line.count
        picture = next
      }
    }
    print("journal: 5,010 shards: a whole picture \(whole) bytes in \(wholeTime)")
    print("journal: one shard and its name: \(bytes / changes) bytes, \(time / changes) a change")
    #expect(bytes / changes < 2_000)
    // All is looked at again every five seconds, and one shard changes now and then: ten minutes of it.
    var differ = PictureDiffer()
    var written = 0
    for step in 0..<120 {
      var next = step % 10 == 0 ? Self.lose(1, in: picture, step: step) : picture
      next.time = picture.time + .seconds(5)
      for service in next.services.indices {
        for shard in next.services[service].shards.indices {
          next.services[service].shards[shard].observed = next.time
        }
      }
      if step > 0, let entry = differ.entry(for: next) { written += entry.line.count }
      if step == 0 { _ = differ.entry(for: next) }
      picture = next
    }
    print("journal: 5,010 shards, ten minutes: \(written) bytes beside the whole picture")
    #expect(written < 1_000_000)
    #expect(whole > 1_000_000)
  }

  @Test func jumpingIsFastInALongJournal() throws {
    let clock = ContinuousClock()
    var pictures = RandomPictures(seed: 77)
    var picture = pictures.picture()
    var recording = Recording(limit: 20_000)
    for count in 0..<10_000 {
      picture.dns = .changing(count)
      picture.time = picture.time + .seconds(1)
      recording.see(picture)
    }
    #expect(recording.turns.count == 10_000)
    var longest = Duration.zero
    for _ in 0..<200 {
      let moment = pictures.any(recording.turns)
      longest = max(longest, clock.measure { _ = recording.picture(at: moment) })
    }
    print("journal: a jump among 10,000 changes takes at most \(longest)")
    #expect(longest < .milliseconds(50))
    var large = Recording()
    var wide = Self.large()
    for step in 1...300 {
      large.see(wide)
      wide = Self.lose(1, in: wide, step: step)
    }
    let jump = clock.measure { _ = large.picture(at: large.turns[200]) }
    print("journal: a jump with 5,010 shards takes \(jump)")
    #expect(jump < .milliseconds(500))
  }
}
