import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

@Suite struct NavigationTests {
  @Test func theSelectionStaysWithItsPlaceWhenTheWorldMoves() {
    var world = SampleWorld()
    var driver = Driver(world.snapshot)
    driver.select("us-central1-a")
    let row = driver.state.selectedRow
    world.change("us-central1-a") { shard in
      shard.verdict.isHealthy = false
      shard.verdict.reason = .noReadyEndpoints
      shard.isServing = false
    }
    driver.send(.snapshot(world.snapshot))
    #expect(driver.state.selectedPlace?.label == "us-central1-a")
    #expect(driver.state.selectedRow != row, "it is worse now, and has moved up")
  }

  @Test func aPlaceThatIsGoneLeavesTheSelectionNearby() {
    var world = SampleWorld()
    var driver = Driver(world.snapshot)
    driver.select("us-central1-f")
    world.snapshot.clusters.removeAll { $0.cluster.name == "us-central1-f" }
    world.snapshot.services[0].shards.removeAll { $0.shard.cluster == "us-central1-f" }
    driver.send(.snapshot(world.snapshot))
    #expect(driver.state.selectedPlace?.label == "us-central1")
  }

  @Test func foldingKeepsAGlyphAndCountsOnTheRow() {
    var driver = Driver()
    driver.select("europe-west1-b")
    driver.press(.left, .left)
    #expect(driver.state.selectedPlace?.label == "europe-west1")
    #expect(driver.row(with: "▸ ✖ DOWN  europe-west1")?.contains("0 of 3 serving") == true)
    #expect(driver.row(with: "europe-west1-b ") == nil)
    driver.press(.enter)
    #expect(driver.row(with: "europe-west1-b ") != nil)
  }

  @Test func aFilterKeepsAncestorsAndEscClearsIt() {
    var driver = Driver()
    driver.type("/")
    driver.type("health=ok region=asia")
    driver.press(.enter)
    let labels = driver.state.shownPlaces.map(\.label)
    #expect(labels == ["asia-east1", "asia-east1-a", "asia-east1-c"])
    driver.press(.escape)
    #expect(driver.state.rows.count == 17)
    driver.type("!")
    #expect(driver.state.shownPlaces.allSatisfy { $0.state != .ok })
  }

  @Test func escWhileTypingPutsTheFilterBack() {
    var driver = Driver()
    driver.type("/asia")
    #expect(driver.state.rows.count == 4)
    driver.press(.escape)
    #expect(driver.state.rows.count == 17)
  }

  @Test func nothingMatchingSaysHowToGetBack() {
    var driver = Driver()
    driver.type("/nowhere")
    #expect(driver.screen.contains("nothing matches; Esc clears the filter"))
  }

  @Test func pastedTextIsNeverReadAsKeys() {
    var driver = Driver()
    driver.send(.input(.paste("dyyyqq")))
    #expect(driver.state.card == nil)
    #expect(!driver.effects.contains(.quit))
    driver.type("/")
    driver.send(.input(.paste("asia")))
    #expect(driver.state.filterText == "asia")
  }

  @Test func theMouseSelectsFoldsAndScrolls() throws {
    var driver = Driver()
    let row = try #require(driver.grid.rows.firstIndex { $0.contains("asia-east1-b") })
    driver.send(.input(.mouse(Mouse(action: .press, position: Point(column: 20, row: row)))))
    #expect(driver.state.selectedPlace?.label == "asia-east1-b")
    driver.send(.input(.mouse(Mouse(action: .wheelUp, position: Point(column: 20, row: row)))))
    #expect(driver.state.selectedPlace?.label != "asia-east1-b")
    let region = try #require(driver.grid.rows.firstIndex { $0.contains("DEG   asia-east1 ") })
    driver.send(.input(.mouse(Mouse(action: .doubleClick, position: Point(column: 20, row: region)))))
    #expect(driver.row(with: "asia-east1-b") == nil)
  }

  @Test func viewsOpenByNumberAndLeadBack() {
    var world = SampleWorld()
    world.snapshot.services.append(SampleWorld.service(ServiceKey(namespace: "shop", name: "cart")))
    var driver = Driver(world.snapshot)
    for (key, title) in [
      ("2", "─ services"), ("3", "─ records"), ("4", "─ trace"), ("5", "─ clusters"), ("6", "─ timeline"),
    ] {
      driver.type(key)
      #expect(driver.screen.contains(title), "\(key)")
      driver.press(.escape)
      #expect(driver.screen.contains("─ zones"))
    }
    driver.type("2")
    driver.press(.down, .enter)
    #expect(driver.state.service == ServiceKey(namespace: "shop", name: "cart"))
    #expect(driver.grid.rows[1].contains("shop/cart"))
  }

  @Test func everyServiceShowsItsShards() {
    var world = SampleWorld()
    world.snapshot.services.append(SampleWorld.service(ServiceKey(namespace: "shop", name: "cart")))
    var driver = Driver(world.snapshot)
    driver.type("A")
    driver.select("us-central1-a")
    driver.press(.right, .right)
    #expect(driver.state.selectedPlace?.label == "mynamespace/nginx")
    driver.press(.down)
    #expect(driver.grid.rows[1].contains("shop/cart"), "the second line follows the selected shard")
  }

  @Test func theTraceFollowsTheSelectionWithOneQuestionAtATime() {
    var driver = Driver()
    #expect(driver.effects == [.trace(SampleWorld.name("europe-west1-b"), .a)])
    driver.press(.down, .down)
    #expect(driver.effects.count == 1)
    let asked = SampleWorld.trace("europe-west1-b", region: "europe-west1", addresses: ["192.0.2.1"])
    let next = driver.send(.traced(asked))
    #expect(next == [.trace(SampleWorld.name("europe-west1-d"), .a)])
  }

  @Test func copyingTakesTheNameAndWhatItHolds() {
    var driver = Driver()
    driver.select("us-central1-a")
    driver.type("y")
    #expect(
      driver.effects.last
        == .copy("nginx.mynamespace.myfederation.svc.us-central1-a.example.com 180 IN A 104.197.247.191"))
  }

  @Test func commandsOfOthersAreHandedOut() {
    var driver = Driver()
    driver.type(":chaos scale us-central1-a 0")
    driver.press(.enter)
    #expect(driver.effects.last == .command("chaos scale us-central1-a 0"))
    driver.type(":drain zone/nowhere")
    driver.press(.enter)
    #expect(driver.screen.contains("is not in this federation"))
    driver.type(":drain zone/us-central1-a")
    driver.press(.enter)
    #expect(driver.state.card?.target == .zone("us-central1-a"))
    driver.press(.escape)
    driver.type(":drain somewhere")
    driver.press(.enter)
    #expect(driver.screen.contains("names no scope"))
    driver.type(":quit")
    driver.press(.enter)
    #expect(driver.effects.last == .quit)
  }

  @Test func noticesGoAway() {
    var driver = Driver()
    driver.send(.notice(.done, "scaled us-central1-a to 0"))
    #expect(driver.screen.contains("scaled us-central1-a to 0"))
    driver.wait(.seconds(5))
    #expect(!driver.screen.contains("scaled us-central1-a to 0"))
  }
}
