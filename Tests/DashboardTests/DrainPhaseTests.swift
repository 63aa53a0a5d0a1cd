import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

@Suite struct DrainPhaseTests {
  private let cordon = SampleWorld.drain(.zone("us-central1-b"))

  private func phases(_ status: DrainStatus?, after: Int64 = 0) -> DrainPhases {
    var world = FrameTests.incident()
    world.snapshot.drains = status.map { [$0] } ?? []
    return DrainPhases(cordon: cordon, snapshot: world.snapshot, now: SampleWorld.now + .seconds(after))
  }

  private func status(accepted: Bool, agreeing: Int, served: Bool) -> DrainStatus {
    DrainStatus(
      target: cordon.target, service: cordon.service, accepted: accepted ? SampleWorld.now : nil,
      servers: ServerCount(agreeing: agreeing, asked: 2), served: served ? SampleWorld.now : nil,
      cachesEnd: served ? SampleWorld.now + .seconds(180) : nil)
  }

  @Test func itIsNotDrainedBeforeAllThreeHavePassed() {
    #expect(!phases(status(accepted: false, agreeing: 0, served: false), after: 9_999).isOver)
    #expect(!phases(status(accepted: true, agreeing: 1, served: false), after: 9_999).isOver)
    #expect(!phases(status(accepted: true, agreeing: 2, served: true), after: 179).isOver)
    #expect(phases(status(accepted: true, agreeing: 2, served: true), after: 180).isOver)
  }

  @Test func thePhasesSayHowFarTheyAre() {
    #expect(
      phases(status(accepted: true, agreeing: 1, served: false)).served == .waiting("served by 1 of 2 name servers"))
    #expect(phases(status(accepted: true, agreeing: 2, served: true), after: 9).caches == .waiting("caches: 2:51 left"))
    #expect(phases(nil).caches == .waiting("caches: 2:51 left at least"))
  }

  @Test func theScreenShowsThemForTheSelectedPlace() {
    var world = FrameTests.incident()
    world.snapshot.drains = [status(accepted: true, agreeing: 2, served: true)]
    var driver = Driver(world.snapshot)
    driver.select("us-central1-b")
    #expect(driver.screen.contains("3 · caches: 3:00 left"))
    #expect(driver.screen.contains("not drained yet"))
    driver.wait(.seconds(180))
    #expect(driver.screen.contains("drained; open connections may remain"))
  }

  @Test func aDrainThatIsNotAcceptedShowsNoTick() {
    var world = SampleWorld()
    world.snapshot.cordons = [cordon]
    let phases = DrainPhases(cordon: cordon, snapshot: world.snapshot, now: SampleWorld.now + .seconds(999))
    #expect(phases.accepted == .waiting("still in DNS: held, or the last one"))
    #expect(!phases.isOver)
  }
}
