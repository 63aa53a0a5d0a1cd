import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// Marks, and the plan of draining all that is marked together: it shows, and does nothing.
@Suite struct WhatIfTests {
  private func marked(_ labels: [String], _ driver: inout Driver) {
    for label in labels {
      driver.select(label)
      driver.type(" ")
    }
  }

  @Test func spaceMarksAndUnmarks() {
    var driver = Driver()
    marked(["us-central1-a", "us-central1-b"], &driver)
    #expect(driver.row(with: "OK    us-central1-a")?.contains("◆") == true)
    #expect(driver.role(of: "◆    ") == .marked)
    #expect(driver.screen.contains("2 marked"))
    marked(["us-central1-a"], &driver)
    #expect(driver.state.marks == [.zone("us-central1-b", region: "us-central1")])
    driver.type("W")
    #expect(driver.state.marks.isEmpty)
    marked(["us-central1-a"], &driver)
    driver.type(":unmark")
    driver.press(.enter)
    #expect(driver.state.marks.isEmpty)
  }

  @Test func aPlaceInsideAMarkedOneIsOneWithIt() {
    var driver = Driver()
    marked(["us-central1-a", "asia-east1-a", "us-central1"], &driver)
    #expect(driver.state.marks == [.zone("asia-east1-a", region: "asia-east1"), .region("us-central1")])
    marked(["us-central1-b"], &driver)
    #expect(driver.state.marks.count == 2)
    #expect(driver.screen.contains("region/us-central1 is marked, and us-central1-b lies in it"))
  }

  @Test func marksSurviveNewPicturesAndThereIsALimit() {
    var world = SampleWorld()
    var driver = Driver(world.snapshot)
    marked(["us-central1-a"], &driver)
    world.change("us-central1-a") { $0.isServing = false }
    world.snapshot.revision += 1
    driver.send(.snapshot(world.snapshot))
    // The title of the pane counts them with the same sign.
    #expect(driver.screen.count { $0 == "◆" } == 2)
    #expect(driver.state.marks == [.zone("us-central1-a", region: "us-central1")])
    driver.state.marks = (0..<DashboardState.mostMarks).map { .region("r\($0)") }
    marked(["us-central1-a"], &driver)
    #expect(driver.state.marks.count == DashboardState.mostMarks)
    #expect(driver.screen.contains("at most 32 places can be marked"))
  }

  @Test func wAsksForAllMarkedPlacesTogether() throws {
    var driver = Driver()
    driver.type("w")
    #expect(driver.screen.contains("mark places with Space first"))
    #expect(driver.asked == nil)
    marked(["us-central1-a", "us-central1-b"], &driver)
    driver.type("w")
    let asked = try #require(driver.asked)
    guard case .placing(let cordons) = asked else { return }
    #expect(cordons.map(\.target) == [.zone("us-central1-a"), .zone("us-central1-b")])
    #expect(cordons.allSatisfy { $0.kind == .drain && $0.service == SampleWorld.nginx })
    driver.answer()
    #expect(driver.screen.contains("What if all of these were out of mynamespace/nginx  2 shards"))
    #expect(driver.screen.contains("  zone us-central1-a, zone us-central1-b"))
    #expect(driver.screen.contains("A ×3  − 104.197.244.180 104.197.247.191"))
    #expect(driver.screen.contains("rule one-drain stands"))
    // Another plan than that of these places is not shown.
    driver.type("x")
    driver.send(.previewed(SampleWorld.preview(.placing([cordons[0]]), hash: "ffff")))
    #expect(driver.state.card?.preview?.planHash == "9f31c0de")
    driver.press(.escape)
    #expect(driver.state.card == nil)
    #expect(driver.state.marks.count == 2)
  }

  @Test func nothingIsDoneFromIt() {
    var driver = Driver()
    marked(["us-central1-a"], &driver)
    driver.type("w")
    driver.answer()
    driver.wait(.seconds(1))
    for key: Key in [.character("y"), .character("d"), .character(" "), .tab, .character("y"), .enter] {
      driver.press(key)
    }
    #expect(driver.effects.allSatisfy { if case .perform = $0 { false } else { true } })
  }

  @Test func itIsHarmlessAndWorksReadOnly() {
    var driver = Driver(readOnly: "started with --read-only")
    marked(["us-central1-a"], &driver)
    driver.type("w")
    driver.answer()
    #expect(driver.screen.contains("What if this were out of mynamespace/nginx"))
  }

  @Test func fromADrainCardThePlaceIsMarkedToo() {
    var driver = Driver()
    marked(["us-central1-a"], &driver)
    driver.openDrain()
    driver.type("w")
    #expect(driver.asked?.cordons.map(\.target) == [.zone("us-central1-a"), .zone("us-central1-b")])
    #expect(driver.state.marks.count == 2)
    driver.answer()
    driver.press(.escape)
    // Inside a mark it is covered already.
    driver.type("W")
    marked(["us-central1"], &driver)
    driver.openDrain()
    driver.type("w")
    #expect(driver.asked?.cordons.map(\.target) == [.region("us-central1")])
  }

  @Test func everyServiceIsOneKeyAwayAndTheCommandToo() {
    var driver = Driver()
    marked(["us-central1-a", "us-central1-b"], &driver)
    driver.type("w")
    driver.answer()
    driver.wait(.milliseconds(500))
    driver.type("Y")
    let command = "zonetop what-if zone/us-central1-a zone/us-central1-b"
    #expect(driver.effects.last == .copy("\(command) --service mynamespace/nginx"))
    driver.type("a")
    #expect(driver.asked?.cordons.allSatisfy { $0.service == nil } == true)
    driver.answer()
    driver.wait(.milliseconds(500))
    driver.type("Y")
    #expect(driver.effects.last == .copy(command))
  }

  @Test func aNameThatMeansSomethingToAShellIsQuoted() {
    let card = Card(
      purpose: .whatIf([.cluster("a;reboot"), .zone("it's")]), place: nil, target: .zone("x"), phase: .ready)
    #expect(card.command == "zonetop what-if 'cluster/a;reboot' 'zone/it'\\''s'")
  }

  @Test func manyServicesAndNamesAreFoldedWithCounts() {
    let change = OrderChange.placing([SampleWorld.drain(.region("us-central1"), service: nil)])
    var preview = SampleWorld.preview(change)
    let plan = preview.plans[0]
    preview.plans = (0..<6).map { index in
      var copy = plan
      copy.service = ServiceKey(namespace: "mynamespace", name: index == 4 ? "nginx" : "s\(index)")
      return copy
    }
    let lines = CardChanges(
      preview: preview, federation: SampleWorld().snapshot.federation, first: SampleWorld.nginx, glyphs: .unicode
    ).lines(width: 100).map { $0.pieces.map(\.text).joined() }
    #expect(lines[1] == "  mynamespace/nginx")
    #expect(lines.last == "  and 4 services more: 20 names changed, 36 that lead elsewhere")
    #expect(lines.count < 30)
  }
}
