import Federation
import Testing

@testable import Control

/// What a tick looks at: only what moves, and all of that.
@Suite("Passing time")
struct PassingTimeTests {
  private let zone = "us-central1-a"

  @Test("A service of which nothing is said for two minutes is not looked at, and its samples are what they would be")
  func calm() async throws {
    var driver = try await Driver.settled()
    var now = SeedWorld.start
    for _ in 0..<200 {
      now = now + .seconds(1)
      driver.core.tick(at: now)
    }
    #expect(driver.core.restless.isEmpty && driver.core.waiting.isEmpty)
    #expect(samples(of: driver.core) == Array(repeating: 3, count: ShardHistory.capacity))

    driver.core.receive(SeedWorld.scale(zone, to: 2), at: now)
    await driver.run(at: now)
    for _ in 0..<10 {
      now = now + .seconds(1)
      driver.core.tick(at: now)
    }
    #expect(samples(of: driver.core).suffix(3) == [3, 2, 2])
    #expect(driver.core.restless == [SeedWorld.service])
  }

  @Test("A shard that comes back and fails again waits, and the wait ends by time alone")
  func damping() async throws {
    var driver = try await Driver.settled()
    var now = SeedWorld.start
    for turn in 0..<12 {
      now = now + .seconds(2)
      driver.core.receive(SeedWorld.scale(zone, to: turn % 2 == 0 ? 0 : 3), at: now)
      await driver.run(at: now)
    }
    #expect(driver.core.waiting == [SeedWorld.service])
    #expect(verdict(in: driver.core)?.reason == .damped)
    for _ in 0..<7200 where !driver.core.waiting.isEmpty {
      now = now + .seconds(1)
      driver.core.tick(at: now)
      await driver.run(at: now)
    }
    #expect(driver.core.waiting.isEmpty)
    #expect(verdict(in: driver.core)?.isHealthy == true)
  }

  private func samples(of core: ControlCore) -> [Int] {
    core.services[SeedWorld.service]?.histories[zone]?.samples ?? []
  }

  private func verdict(in core: ControlCore) -> Verdict? {
    core.services[SeedWorld.service]?.plan?.verdicts.first { $0.cluster == zone }
  }
}
