import Control
import Federation
import JSON
import NameServer
import Testing

@Suite("Evidence past the APIs (rule quorum)")
struct EvidenceTests {
  private let start = SeedWorld.start
  private let dead = "us-central1-a"

  private func published(unreachableAfter: Duration = .seconds(5)) async throws -> Driver {
    let store = SeedWorld.emptyZone()
    var limits = SafetyLimits.default
    limits.unreachableAfter = unreachableAfter
    var core = ControlCore(
      federation: SeedWorld.federation, limits: limits, identity: "test/1",
      members: SeedWorld.places.map { Configuration.Member(context: $0.zone) }, at: start)
    try await SeedWorld.fill(&core, from: store)
    core.receive(.services(.set(SeedWorld.service, ServiceDeclaration(port: 80))), at: start)
    var driver = Driver(core, store)
    await driver.run()
    return driver
  }

  /// What a vantage point reports that sees these clusters dead.
  private func report(_ second: Int, dead: Set<String>) -> VantageReport {
    var answers: [String: Bool] = [:]
    for (zone, address) in SeedWorld.healthy { answers[address] = !dead.contains(zone) }
    return VantageReport(location: nil, interval: .seconds(1), stamp: "\(second)", answers: answers)
  }

  private func silence(_ zone: String) -> Observation { .cluster(zone, .probe(.unreachable("timed out"))) }

  private func isServed(_ driver: Driver) async throws -> Bool {
    try await driver.resolved()["nginx.mynamespace.myfederation.svc.example.com"]?
      .contains(SeedWorld.healthy[dead] ?? "") == true
  }

  @Test("A few addresses of each serving cluster are probed, and a silent cluster's are suspicious")
  func targets() async throws {
    var driver = try await published()
    let (all, suspicious) = driver.core.probeTargets(at: start)
    #expect(all.map(\.address).sorted() == SeedWorld.healthy.values.sorted())
    #expect(all.allSatisfy { $0.port == 80 && $0.method == .tcp } && suspicious.isEmpty)
    for _ in 0..<3 { driver.core.receive(silence(dead), at: start) }
    #expect(driver.core.probeTargets(at: start).suspicious.map(\.address) == ["104.197.247.191"])
    driver.core.receive(
      .services(.set(SeedWorld.service, ServiceDeclaration(probe: nil, port: 80))), at: start)
    #expect(driver.core.probeTargets(at: start).all.isEmpty)
  }

  @Test("Silent death, seen by three vantage points: out within ten seconds of the first bad probe")
  func silentDeath() async throws {
    var driver = try await published()
    for name in ["a", "b", "c"] {
      driver.core.receive(.vantagePoints(.set(name, report(-1, dead: []))), at: start)
    }
    var left: Int?
    for second in 0..<20 {
      let now = start + .seconds(Int64(second))
      driver.core.receive(silence(dead), at: now)
      for name in ["a", "b", "c"] {
        driver.core.receive(.vantagePoints(.set(name, report(second, dead: second >= 2 ? [dead] : []))), at: now)
      }
      driver.core.tick(at: now)
      await driver.run(at: now)
      if try await !isServed(driver) {
        left = second
        break
      }
    }
    let second = try #require(left)
    #expect((5...10).contains(second))
    #expect(driver.core.log.events.contains { $0.message.contains("3 of 3 vantage points see its addresses dead") })
    // Probes never bring it back; its own API does.
    let now = start + .seconds(30)
    for name in ["a", "b", "c"] { driver.core.receive(.vantagePoints(.set(name, report(30, dead: []))), at: now) }
    driver.core.tick(at: now)
    await driver.run(at: now)
    #expect(try await !isServed(driver))
    driver.core.receive(.cluster(dead, .probe(.ready)), at: now)
    await driver.run(at: now)
    #expect(try await isServed(driver))
  }

  @Test("Too few, stale, or blind witnesses: held, with what is missing")
  func held() async throws {
    for reports in [
      ["a": Set([dead]), "b": []], ["a": Set(SeedWorld.healthy.keys), "b": Set(SeedWorld.healthy.keys)],
    ] {
      var driver = try await published()
      for name in reports.keys { driver.core.receive(.vantagePoints(.set(name, report(-1, dead: []))), at: start) }
      for second in 0..<60 {
        let now = start + .seconds(Int64(second))
        driver.core.receive(silence(dead), at: now)
        for (name, seen) in reports {
          driver.core.receive(.vantagePoints(.set(name, report(second, dead: seen))), at: now)
        }
        driver.core.tick(at: now)
        await driver.run(at: now)
      }
      #expect(try await isServed(driver))
      let snapshot = driver.core.snapshot(
        provider: "embedded", environment: nil, mode: .lead, at: start + .seconds(60))
      let hold = try #require(snapshot.held.first { $0.rule == .quorum })
      #expect(hold.subject == "cluster/\(dead)" && hold.why.contains("are needed"))
    }
    // What two processes said before they died counts for nothing, and so does what stood there from the start.
    for isOld in [false, true] {
      var driver = try await published()
      for name in ["a", "b"] {
        driver.core.receive(.vantagePoints(.set(name, report(-1, dead: [dead]))), at: start)
        if isOld { driver.core.receive(.vantagePoints(.set(name, report(0, dead: [dead]))), at: start) }
      }
      for second in 4..<60 {
        let now = start + .seconds(Int64(second))
        driver.core.receive(silence(dead), at: now)
        driver.core.tick(at: now)
        await driver.run(at: now)
      }
      #expect(try await isServed(driver))
    }
  }

  @Test("An hour of random partitions and flaps: no false removal", arguments: 0..<3)
  func anHour(seed: UInt64) async throws {
    var random = RandomZone(seed: seed)
    var driver = try await published()
    let zones = SeedWorld.places.map(\.zone)
    var apiDown: [String: Int] = [:]
    var unseen: [String: [String: Int]] = ["a": [:], "b": [:], "c": [:]]
    var silences = 0
    for name in unseen.keys.sorted() {
      driver.core.receive(.vantagePoints(.set(name, report(-1, dead: []))), at: start)
    }
    for second in 0..<3_600 {
      let now = start + .seconds(Int64(second))
      // Clusters lose their way to the controller; some places lose theirs to a cluster, or to all of them. Every cluster lives.
      if Int.random(in: 0..<20, using: &random) == 0, let zone = zones.randomElement(using: &random) {
        apiDown[zone] = second + Int.random(in: 1...240, using: &random)
      }
      if Int.random(in: 0..<15, using: &random) == 0,
        let zone = SeedWorld.healthy.keys.sorted().randomElement(using: &random)
      {
        let place = ["a", "b", "c"].first { name in
          unseen.allSatisfy { $0.key == name || ($0.value[zone] ?? 0) <= second } && Bool.random(using: &random)
        }
        if let place { unseen[place]?[zone] = second + Int.random(in: 1...240, using: &random) }
      }
      if Int.random(in: 0..<200, using: &random) == 0 {
        for zone in SeedWorld.healthy.keys { unseen["c"]?[zone] = second + 60 }
      }
      for zone in zones {
        let isDown = (apiDown[zone] ?? 0) > second || Int.random(in: 0..<30, using: &random) == 0
        if isDown { silences += 1 }
        driver.core.receive(isDown ? silence(zone) : .cluster(zone, .probe(.ready)), at: now)
      }
      for (name, lost) in unseen.sorted(by: { $0.key < $1.key }) where Int.random(in: 0..<10, using: &random) > 0 {
        let seen = Set(lost.filter { $0.value > second }.keys)
        driver.core.receive(.vantagePoints(.set(name, report(second, dead: seen))), at: now)
      }
      driver.core.tick(at: now)
      await driver.run(at: now)
      let withdrawn = driver.core.members.values.filter { $0.condition == .withdrawn }.map(\.name)
      #expect(withdrawn.isEmpty, "second \(second): \(withdrawn) left though it lives")
      guard withdrawn.isEmpty else { return }
    }
    #expect(silences > 2_000)
    #expect(driver.batches.count == 1, "nothing was written for an hour of noise")
  }

  @Test("What a vantage point writes is what the controller reads")
  func objects() throws {
    let target = ProbeTarget(address: "192.0.2.1", port: 80, method: .tcp)
    let http = ProbeTarget(
      address: "192.0.2.1", port: 80, method: .http(path: "/healthz", statuses: 200...399, isSecure: false))
    var silent = ProbeHistory(isReachable: false, message: "timed out", at: start)
    silent.record(isReachable: false, message: "timed out", at: start)
    var object = VantagePointObject.encode(name: "frankfurt", location: "eu", interval: .milliseconds(500))
    object["status"] =
      VantagePointObject.status([target: silent, http: ProbeHistory(isReachable: true, at: start)], at: start)["status"]
    let decoded = try #require(VantagePointObject.decode(object))
    #expect(
      decoded.name == "frankfurt" && decoded.report.location == "eu" && decoded.report.interval == .milliseconds(500))
    #expect(decoded.report.answers == ["192.0.2.1": true])
    #expect(object["status"]?["results"]?.array?.count == 1)
    #expect(VantagePointObject.status(nil, at: start)["status"]?["results"] == nil)
  }
}
