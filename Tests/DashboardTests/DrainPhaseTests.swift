import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

@Suite struct DrainPhaseTests {
  private let cordon = SampleWorld.drain(.zone("us-central1-b"))

  private func phases(_ status: DrainStatus?, order: CordonStatus? = nil, after: Int64 = 0) -> DrainPhases {
    var world = FrameTests.incident()
    world.snapshot.drains = status.map { [$0] } ?? []
    world.snapshot.orders = order.map { [OrderSnapshot(cordon: cordon, status: $0)] } ?? []
    return DrainPhases(DrainPhases.Facts(cordon, world.snapshot), now: SampleWorld.now + .seconds(after))
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
    let phases = DrainPhases(DrainPhases.Facts(cordon, world.snapshot), now: SampleWorld.now + .seconds(999))
    #expect(phases.accepted == .waiting("still in DNS: held, or the last one"))
    #expect(!phases.isOver)
  }

  @Test func aHeldDrainNamesTheRuleAndIsNeverDrained() {
    let held = CordonStatus(phase: .held, message: "mass-change: 3 of 5 addresses would go")
    let phases = phases(status(accepted: true, agreeing: 2, served: true), order: held, after: 9_999)
    #expect(!phases.isOver)
    #expect(phases.brief == "held: mass-change")
    let lines = phases.lines(.unicode).map { $0.pieces.map(\.text).joined() }
    #expect(lines.first?.contains("held by mass-change: 3 of 5 addresses would go") == true)
    #expect(lines.last?.contains("not drained yet") == true)
  }

  @Test func aDrainThatFoundNothingInDNSIsDrainedAtOnce() {
    let nothing = CordonStatus(phase: .drained, message: "nothing of it is in DNS")
    #expect(phases(nil, order: nothing).isOver)
    #expect(phases(nil, order: nothing).accepted == .done("nothing of it was in DNS"))
    // What was measured counts for more than the word: caches run on.
    #expect(!phases(status(accepted: true, agreeing: 2, served: true), order: nothing).isOver)
  }

  @Test func theRowAndTheHeaderCountDown() {
    var world = FrameTests.incident()
    world.snapshot.drains = [status(accepted: true, agreeing: 2, served: true)]
    var driver = Driver(world.snapshot, columns: 160, rows: 50)
    driver.wait(.seconds(9))
    #expect(driver.row(with: "DRN   us-central1-b")?.contains("caches 2:51") == true)
    #expect(driver.grid.rows[1].contains("ops1)   caches 2:51"))
    driver.wait(.seconds(171))
    #expect(driver.row(with: "DRN   us-central1-b")?.contains("drained") == true)
    #expect(driver.grid.rows[1].contains("ops1)   drained"))
  }

  @Test func anOrderThatHasEndedIsSaidToHaveEnded() {
    var world = SampleWorld()
    world.snapshot.events = [
      Event(
        time: SampleWorld.now + .seconds(-60), kind: .uncordon, subject: "zone/us-central1-b",
        message: "drain expired; what is healthy returns")
    ]
    var driver = Driver(world.snapshot, columns: 160, rows: 50)
    driver.select("us-central1-b")
    #expect(driver.screen.contains("ended 60s ago: zone/us-central1-b, drain expired"))
    driver.select("us-central1-a")
    #expect(!driver.screen.contains("ago: zone/us-central1-b"))
    driver.select("us-central1-b")
    driver.wait(.seconds(541))
    #expect(!driver.screen.contains("ago: zone/us-central1-b"))
  }
}
