import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// The views that are tables: selection, order, columns, filter, detail, mouse.
@Suite struct TableTests {
  static func world() -> SampleWorld {
    var world = FrameTests.incident()
    world.snapshot.services.append(SampleWorld.service(ServiceKey(namespace: "shop", name: "cart")))
    return world
  }

  @Test func theSelectionStaysWithItsRowWhenTheOrderChanges() {
    var driver = Driver(Self.world().snapshot)
    driver.type("5")
    driver.press(.home, .down, .down, .down)
    let picked = driver.state.pickedCluster?.cluster.name
    driver.type(":sort -cluster")
    driver.press(.enter)
    #expect(driver.state.pickedCluster?.cluster.name == picked)
    let names = driver.state.rowIDs
    #expect(names.first == .cluster("us-east1-d"))
    driver.type("s")
    #expect(driver.state.choices[.clusters]?.sort == "region", "s goes on to the next column")
  }

  @Test func aRowThatIsGoneLeavesTheSelectionWhereItWas() {
    var world = Self.world()
    var driver = Driver(world.snapshot)
    driver.type("5")
    driver.press(.end)
    #expect(driver.state.tableRow == 12)
    let gone = driver.state.pickedCluster?.cluster.name
    world.snapshot.clusters.removeAll { $0.cluster.name == gone }
    driver.send(.snapshot(world.snapshot))
    #expect(driver.state.tableRow == 11)
  }

  @Test func columnsAreChosenByName() {
    var driver = Driver(Self.world().snapshot)
    driver.type("5")
    driver.type(":columns cluster,why")
    driver.press(.enter)
    let titles = driver.grid.rows.first { $0.contains("why") && $0.contains("cluster ") }
    #expect(titles?.contains("region") == false, "\(driver.screen)")
    driver.type(":columns nothing")
    driver.press(.enter)
    #expect(driver.screen.contains("no column nothing here"))
  }

  @Test func columnsThatDoNotFitAreLeftOutAndTheFirstStay() {
    #expect(fittedWidths([(7, 7), (16, 40), (10, 12)], width: 20) == [7])
    #expect(fittedWidths([(7, 7), (16, 40), (10, 12)], width: 40) == [7, 20, 10])
    #expect(fittedWidths([(7, 7), (16, 40), (10, 12)], width: 80) == [7, 40, 30], "the last has the rest")
  }

  @Test(arguments: ["2", "3", "5", "7"])
  func everyTableIsFiltered(key: String) {
    var driver = Driver(Self.world().snapshot)
    driver.type(key)
    let all = driver.state.rowIDs.count
    driver.type("/europe")
    driver.press(.enter)
    #expect(driver.state.rowIDs.count < all)
    driver.press(.escape)
    #expect(driver.state.rowIDs.count == all)
  }

  @Test func recordsShowWhatDiffersAndTheAliases() throws {
    var world = Self.world()
    let alias = Alias(
      name: DomainName(canonical: "eu.nginx.example.com"), service: SampleWorld.nginx, target: .region("europe-west1"),
      ttl: 180)
    world.snapshot.aliases = [AliasSnapshot(alias: alias)]
    world.snapshot.services[0].names[0].desired = []
    world.snapshot.services[0].names[1].servers = ServerCount(agreeing: 1, asked: 2)
    var driver = Driver(world.snapshot, columns: 160, rows: 50)
    driver.type("3")
    #expect(driver.row(with: "eu.nginx.example.com") != nil)
    #expect(driver.row(with: "≠ to change")?.contains("nothing") == true)
    #expect(driver.row(with: "≠ unserved")?.contains("1/2") == true)
    driver.press(.end)
    #expect(driver.state.tracedName?.name == alias.name, "the trace follows the selected row")
  }

  @Test func theDoctorSaysWhatToDo() {
    var driver = Driver(Self.world().snapshot)
    driver.type("7")
    #expect(driver.state.findings.contains { $0.severity == .error && $0.what.contains("no endpoint is ready") })
    #expect(driver.screen.contains("kubectl --context"))
    driver.type("y")
    #expect(driver.effects.last == .copy(driver.state.pickedFinding?.cure ?? ""))
  }

  @Test func theMouseSelectsRowsAndPressesHints() throws {
    var driver = Driver(Self.world().snapshot)
    driver.type("5")
    let row = try #require(driver.grid.rows.firstIndex { $0.contains("us-central1-c ") })
    driver.send(.input(.mouse(Mouse(action: .press, position: Point(column: 30, row: row)))))
    #expect(driver.state.pickedCluster?.cluster.name == "us-central1-c")
    driver.send(.input(.mouse(Mouse(action: .doubleClick, position: Point(column: 30, row: row)))))
    #expect(driver.state.view == .tree && driver.state.selectedPlace?.label == "us-central1-c")
    let hints = driver.grid.rows[35]
    let column = try #require(hints.firstRange(of: "d drain"))
    let place = Point(column: hints.distance(from: hints.startIndex, to: column.lowerBound), row: 35)
    driver.send(.input(.mouse(Mouse(action: .press, position: place))))
    #expect(driver.state.card?.target == .zone("us-central1-c"), "the preview opens, as with the key")
    #expect(driver.placed.isEmpty)
  }

  @Test func anOrderIsAboutWhatIsSelectedOnScreen() {
    var driver = Driver(Self.world().snapshot)
    driver.select("us-central1-a")
    driver.type("5")
    driver.press(.end)
    driver.type("d")
    #expect(driver.state.card?.target == .cluster("us-east1-d"), "not what the tree has selected")
    driver.press(.escape)
    for view in ["2", "3", "4", "6", "7"] {
      driver.type(view)
      for key in ["d", "c", "u"] {
        driver.type(key)
        #expect(driver.state.card == nil && driver.screen.contains("select a place in the tree (1)"), "\(view) \(key)")
      }
      driver.wait(.seconds(20))
      driver.press(.escape)
    }
  }

  @Test func theDetailScrollsWhereItIsLong() {
    var driver = Driver(Self.world().snapshot)
    driver.type("2")
    driver.press(.tab, .down, .down)
    #expect(driver.state.traceTop == 2)
    driver.press(.escape)
    #expect(driver.state.pane == .places)
  }
}
