import Control
import Federation
import Journal
import Terminal
import Testing

@testable import Dashboard

/// Looking back within a session that is live.
@Suite struct PastTests {
  /// A session that has seen ten pictures, half a minute apart.
  private func session() -> Driver {
    var driver = Driver(nil)
    for count in 0..<10 {
      if count > 0 { driver.wait(.seconds(30)) }
      driver.send(.snapshot(picture(count, at: driver.state.now)))
    }
    return driver
  }

  private func picture(_ count: Int, at time: Timestamp) -> FederationSnapshot {
    var snapshot = SampleWorld().snapshot
    snapshot.time = time
    snapshot.revision = UInt64(count)
    snapshot.services[0].generation = UInt64(900 + count)
    return snapshot
  }

  @Test func backAndForthAndLiveAgain() {
    var driver = session()
    #expect(driver.screen.contains("gen 909"))
    driver.press(.character("["))
    #expect(driver.screen.contains("gen 908"))
    #expect(driver.grid.rows[0].contains("PAST 14:06:31, live is +0:30 ahead"), "\(driver.grid.rows[0])")
    driver.press(.character("["), .character("["))
    #expect(driver.screen.contains("gen 906"))
    #expect(driver.grid.rows[0].contains("PAST 14:05:31, live is +1:30 ahead"))
    driver.press(.character("]"))
    #expect(driver.screen.contains("gen 907"))
    driver.press(.character("{"))
    #expect(driver.screen.contains("gen 900"))
    driver.press(.character("["))
    #expect(driver.screen.contains("nothing older has been seen"))
    driver.press(.character("}"))
    #expect(driver.screen.contains("gen 909"))
    #expect(!driver.grid.rows[0].contains("PAST"))
  }

  @Test func whatComesMeanwhileIsKeptForLater() {
    var driver = session()
    driver.press(.character("["))
    driver.wait(.seconds(5))
    driver.send(.snapshot(picture(10, at: driver.state.now)))
    #expect(driver.screen.contains("gen 908"))
    #expect(driver.grid.rows[0].contains("live is +0:35 ahead"))
    driver.press(.escape)
    #expect(driver.screen.contains("gen 910"))
    driver.press(.character("["), .character("["))
    #expect(driver.screen.contains("gen 908"))
  }

  @Test func nothingIsDoneFromThePastAndEachSaysWhy() {
    for key in ["d", "c", "u", "r", "R"] as [Character] {
      var driver = session()
      driver.select("us-central1-b")
      driver.press(.character("["))
      let effects = driver.press(.character(key))
      #expect(effects.isEmpty)
      #expect(driver.state.card == nil)
      #expect(
        driver.screen.contains("nothing is changed from here: this is the past, 14:06:31: Esc returns to live"),
        "\(key)\n\(driver.screen)")
    }
    var driver = session()
    driver.press(.character("["), .character(":"))
    driver.type("drain zone/us-central1-b")
    #expect(driver.press(.enter).isEmpty)
    #expect(driver.state.card == nil)
    driver.press(.escape)
    driver.select("us-central1-b")
    driver.press(.character("d"))
    #expect(driver.state.card != nil, "live again, orders are possible")
  }

  @Test func nobodyIsAskedWhileThePastIsOnScreen() {
    var driver = session()
    driver.press(.character("["))
    var asked = 0
    for _ in 0..<20 {
      driver.wait(.seconds(10))
      for case .trace in driver.press(.down) { asked += 1 }
    }
    #expect(asked == 0)
    driver.press(.escape)
    driver.wait(.seconds(20))
    #expect(driver.effects.contains { if case .trace = $0 { true } else { false } })
  }

  @Test func aStormIsKeptAsItBeginsAndAsItRests() {
    var world = SampleWorld(services: (0..<30).map { ServiceKey(namespace: "shop", name: "svc-\($0)") })
    var driver = Driver(world.snapshot)
    func blow(_ ready: Int) {
      driver.wait(.milliseconds(100))
      world.snapshot.revision += 1
      world.snapshot.time = driver.state.now
      for index in world.snapshot.services.indices {
        world.snapshot.services[index].shards[0].shard.readyEndpoints = ready
      }
      driver.send(.snapshot(world.snapshot))
    }
    for ready in 0..<20 { blow(ready % 3) }
    let kept = driver.state.memory.recording.turns.count
    #expect(kept <= 3, "the first picture and the storm's first, not all twenty")
    driver.wait(.seconds(1))
    #expect(driver.state.memory.recording.turns.count == kept + 1, "what it came to")
    for ready in 0..<3 { blow(ready) }
    driver.type("[")
    #expect(driver.state.memory.recording.turns.count == kept + 2, "and what it has come to when somebody looks back")
  }

  @Test func thePastPlaysUntilItIsNow() {
    var driver = session()
    driver.press(.character("["), .character("["), .character("P"))
    #expect(driver.screen.contains("gen 907"))
    driver.wait(.seconds(31))
    #expect(driver.screen.contains("gen 908"))
    driver.press(.character("P"))
    driver.wait(.seconds(60))
    #expect(driver.screen.contains("gen 908"))
    driver.press(.escape, .character("P"))
    #expect(driver.screen.contains("this is live: [ goes back to what was seen"))
  }

  @Test func ordersAreInTheTimelineWithWhatCameOfThem() throws {
    var driver = session()
    driver.openDrain()
    driver.fillCard()
    driver.press(.character("y"))
    let intent = try #require(driver.placed.first)
    driver.wait(.seconds(1))
    driver.send(.performed(intent, .refused(.oneDrain, "one stands")))
    driver.press(.escape, .escape, .character("6"))
    #expect(driver.row(with: "refused")?.contains("zone/us-central1-b: drain: one-drain: one stands") == true)
    #expect(driver.row(with: " why ")?.contains("rack power") == true)
    #expect(driver.row(with: " by ")?.contains("ops1") == true)
    // Just before, it had been asked for only.
    driver.press(.character("["))
    #expect(driver.row(with: "asked")?.contains("zone/us-central1-b: drain") == true, "\(driver.screen)")
  }

  @Test func theSessionsMemoryIsBounded() {
    var driver = Driver(nil, columns: 40, rows: 10)
    for count in 0..<6_000 { driver.send(.snapshot(picture(count, at: SampleWorld.now + .seconds(Int64(count))))) }
    #expect((3_900...5_000).contains(driver.state.memory.recording.turns.count))
  }
}
