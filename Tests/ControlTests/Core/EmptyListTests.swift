import Federation
import Testing

@testable import Control

/// A cluster that had shards and lists none (rule whole-reads).
@Suite("A list that suddenly has nothing")
struct EmptyListTests {
  private let start = SeedWorld.start
  private let cluster = "us-central1-a"
  private let zone = "nginx.mynamespace.myfederation.svc.us-central1-a.example.com"
  private let address = "104.197.247.191"

  private func published(_ rules: SafetyRules = .all) async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var core = SeedWorld.core(rules: rules)
    try await SeedWorld.fill(&core, from: store)
    var driver = Driver(core, store)
    await driver.run(limit: 20)
    return driver
  }

  private func empty(_ driver: inout Driver, _ cluster: String, at now: Timestamp) async {
    for change in [ClusterObservation.services([:]), .endpoints([:])] {
      driver.core.receive(.cluster(cluster, change), at: now)
      await driver.run(at: now)
    }
  }

  @Test("Its addresses stay, and without the rule they go", arguments: [true, false])
  func isHeld(isKept: Bool) async throws {
    var driver = try await published(isKept ? .all : .all.without(.wholeReads))
    let count = driver.batches.count
    await empty(&driver, cluster, at: start)
    #expect((driver.batches.count == count) == isKept)
    #expect((try await driver.resolved()[zone] == [address]) == isKept)
    let holds = driver.core.federationHolds(at: start).filter { $0.rule == .wholeReads }
    #expect(holds.map(\.subject) == (isKept ? ["cluster/\(cluster)"] : []))
  }

  @Test("They stay as long as a silent cluster's would, then count as vanished")
  func ends() async throws {
    var driver = try await published()
    let count = driver.batches.count
    await empty(&driver, cluster, at: start)
    for second in [1, 30, 59] as [Int64] {
      // Another list that says the same is no other sign.
      await empty(&driver, cluster, at: start + .seconds(second))
      driver.core.tick(at: start + .seconds(second))
      await driver.run(at: start + .seconds(second))
      #expect(driver.batches.count == count, "after \(second) s")
    }
    driver.core.tick(at: start + .seconds(60))
    await driver.run(at: start + .seconds(60))
    #expect(try await driver.resolved()[zone] != [address])
    #expect(driver.core.doubts.isEmpty)
    #expect(driver.core.federationHolds(at: start + .seconds(60)).isEmpty)
  }

  @Test("A deletion that the cluster itself reports is believed at once")
  func deletion() async throws {
    var driver = try await published()
    driver.core.receive(.cluster(cluster, .service(SeedWorld.service, nil)), at: start)
    await driver.run()
    #expect(try await driver.resolved()[zone] != [address])
  }

  @Test("A list that has them again ends the doubt, and nothing was written")
  func returns() async throws {
    var driver = try await published()
    let count = driver.batches.count
    await empty(&driver, cluster, at: start)
    for observation in SeedWorld.clusterObservations(of: cluster, region: "us-central1") {
      driver.core.receive(.cluster(cluster, observation), at: start + .seconds(40))
    }
    #expect(driver.core.doubts.isEmpty)
    driver.core.tick(at: start + .seconds(61))
    await driver.run(at: start + .seconds(61))
    #expect(driver.batches.count == count)
    #expect(try await driver.resolved()[zone] == [address])
  }

  @Test("What is made again after it takes the place of what was kept")
  func madeAgain() async throws {
    var driver = try await published()
    await empty(&driver, cluster, at: start)
    driver.core.receive(.cluster(cluster, .service(SeedWorld.service, ["104.197.247.192"])), at: start + .seconds(5))
    driver.core.receive(
      .cluster(cluster, .endpoint("nginx-2", SeedWorld.service, .init(family: .v4, ready: 0, total: 1))),
      at: start + .seconds(5))
    #expect(driver.core.doubts.isEmpty)
    let shard = driver.core.members[cluster]?.facts.shard(of: SeedWorld.service, in: cluster)
    #expect(shard?.readyEndpoints == 0)
    #expect(shard?.addresses == ["104.197.247.192"])
  }

  @Test("Most clusters that list nothing mean a blind observer: nothing goes, however long it lasts")
  func allEmpty() async throws {
    var driver = try await published()
    let count = driver.batches.count
    let before = try await driver.resolved()
    for place in SeedWorld.places { await empty(&driver, place.zone, at: start) }
    for minute in 1...10 as ClosedRange<Int64> {
      driver.core.tick(at: start + .seconds(60 * minute))
      await driver.run(at: start + .seconds(60 * minute))
    }
    #expect(driver.batches.count == count)
    #expect(try await driver.resolved() == before)
  }
}
