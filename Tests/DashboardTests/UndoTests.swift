import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// What was given can be taken back, and the card that does it shows what returns.
@Suite struct UndoTests {
  /// Drains a zone and has it answered.
  private func drain(_ zone: String, _ driver: inout Driver) {
    driver.select(zone)
    driver.type("d")
    driver.answer()
    driver.wait(.milliseconds(500))
    driver.fillCard(typed: zone)
    driver.type("y")
    if let intent = driver.placed.last { driver.send(.performed(intent, .done("drain of zone/\(zone)"))) }
  }

  private func undo(_ driver: inout Driver, _ command: String = ":undo") {
    driver.type(command)
    driver.press(.enter)
  }

  private func lifted(_ driver: Driver) -> [CordonTarget] {
    driver.effects.compactMap { effect in
      if case .perform(.uncordon(let target, _)) = effect { target } else { nil }
    }
  }

  @Test func theToastSaysHowAndUndoTakesTheLastOrderBack() {
    var driver = Driver()
    drain("us-central1-a", &driver)
    drain("us-central1-b", &driver)
    #expect(driver.screen.contains("u on the place, or :undo, takes it back"))
    undo(&driver)
    #expect(driver.asked?.isLifting == true)
    #expect(driver.asked?.cordons.map(\.target) == [.zone("us-central1-b")])
    driver.type("y")
    #expect(lifted(driver).isEmpty, "the plan has to be on screen first")
    driver.answer()
    driver.type("y")
    #expect(lifted(driver).isEmpty, "for long enough")
    driver.wait(.milliseconds(400))
    driver.type("y")
    #expect(lifted(driver) == [.zone("us-central1-b")])
    driver.send(.performed(.uncordon(.zone("us-central1-b"), service: SampleWorld.nginx), .done("may serve again")))
    #expect(driver.state.card == nil)
    // The one before is next.
    undo(&driver)
    #expect(driver.asked?.cordons.map(\.target) == [.zone("us-central1-a")])
  }

  @Test func ordersOfOneWhatIfAreTakenBackTogether() {
    var driver = Driver()
    drain("asia-east1-a", &driver)
    for zone in ["us-central1-a", "us-central1-b"] {
      driver.select(zone)
      driver.type(" ")
    }
    drain("us-central1-a", &driver)
    drain("us-central1-b", &driver)
    undo(&driver)
    #expect(driver.asked?.cordons.map(\.target) == [.zone("us-central1-a"), .zone("us-central1-b")])
    driver.answer()
    #expect(driver.screen.contains("End these orders"))
    driver.wait(.milliseconds(400))
    driver.type("Y")
    #expect(
      driver.effects.last
        == .copy(
          "zonetop uncordon zone/us-central1-a --service mynamespace/nginx"
            + " && zonetop uncordon zone/us-central1-b --service mynamespace/nginx"))
    driver.type("y")
    #expect(lifted(driver) == [.zone("us-central1-a"), .zone("us-central1-b")])
  }

  @Test func allOfThemAreOneWordAway() {
    var driver = Driver()
    drain("asia-east1-a", &driver)
    drain("us-central1-b", &driver)
    undo(&driver, ":undo all")
    #expect(driver.asked?.cordons.count == 2)
  }

  @Test func thereMayBeNothingToTakeBack() {
    var driver = Driver()
    undo(&driver)
    #expect(driver.screen.contains("no order was given from here that still stands"))
    drain("us-central1-b", &driver)
    driver.wait(.seconds(3_700))
    undo(&driver)
    #expect(driver.state.card == nil, "it has expired")
    var other = Driver(readOnly: "started with --read-only")
    undo(&other)
    #expect(other.screen.contains("started with --read-only"))
  }

  @Test func theCardShowsWhatComesBackAndForHowLongTheFallbackIsCached() {
    var driver = Driver(FrameTests.incident().snapshot)
    driver.select("us-central1-b")
    driver.type("u")
    driver.answer()
    #expect(driver.row(with: "CNAME ….svc.us-central1")?.contains("A 104.197.244.180") == true)
    #expect(driver.screen.contains("us-central1-b serves again as soon as the order has ended"))
    #expect(driver.screen.contains("the fallback may be cached until 3:00 after all servers serve it"))
    #expect(driver.screen.contains("FITS"))
  }

  @Test func whatStaysOutSaysWhy() {
    var world = SampleWorld()
    world.snapshot.cordons = [SampleWorld.drain(.region("us-central1"))]
    var driver = Driver(world.snapshot)
    driver.select("us-central1")
    driver.type("u")
    driver.answer()
    #expect(driver.screen.contains("us-central1-f stays out: no ready endpoints"))
    #expect(driver.screen.contains("us-central1-a, us-central1-b, us-central1-c serve again"))
  }
}
