import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// Whole frames, compared cell by cell with the ones kept under Snapshots.
@Suite struct FrameTests {
  static let sizes = [(80, 24), (120, 40), (200, 60), (40, 10)]

  private func expectKept(_ driver: Driver, _ name: String) throws {
    let drawn = FrameRecord.text(of: driver.grid, theme: Driver.theme)
    #expect(try FrameRecord.kept(name, drawn: drawn) == drawn, "\(name) is not what was kept:\n\(driver.screen)")
  }

  /// The seed world with one of everything: drained, stale, without an address.
  static func incident() -> SampleWorld {
    var world = SampleWorld()
    world.loseCluster("asia-east1-c")
    world.loseCluster("europe-west1-c")
    world.change("europe-west1-d") { shard in
      shard.shard.addresses = []
      shard.shard.readyEndpoints = 0
      shard.shard.totalEndpoints = 0
      shard.verdict.reason = .noAddress
    }
    world.change("us-central1-b") { shard in
      shard.verdict = Verdict(
        service: SampleWorld.nginx, cluster: "us-central1-b", isHealthy: false, reason: .drained)
      shard.isServing = false
    }
    world.change("us-central1-c") { $0.shard.readyEndpoints = 2 }
    world.snapshot.cordons = [SampleWorld.drain(.zone("us-central1-b"))]
    world.snapshot.environment = "production"
    world.publish()
    return world
  }

  @Test(arguments: sizes)
  func treeFrame(columns: Int, rows: Int) throws {
    var driver = Driver(columns: columns, rows: rows)
    driver.select("us-central1-f")
    driver.send(
      .traced(
        SampleWorld.trace(
          "us-central1-f", region: "us-central1",
          addresses: ["104.197.247.191", "104.197.244.180", "104.197.245.170"])))
    try expectKept(driver, "tree-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func incidentFrame(columns: Int, rows: Int) throws {
    var driver = Driver(Self.incident().snapshot, columns: columns, rows: rows)
    driver.select("us-central1-b")
    try expectKept(driver, "incident-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func drainCardFrame(columns: Int, rows: Int) throws {
    var driver = Driver(columns: columns, rows: rows)
    driver.openDrain()
    try expectKept(driver, "drain-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func whatIfCardFrame(columns: Int, rows: Int) throws {
    var driver = Driver(columns: columns, rows: rows)
    driver.select("us-central1-a")
    driver.type(" ")
    driver.select("us-central1-b")
    driver.type(" w")
    driver.answer()
    driver.wait(.milliseconds(500))
    try expectKept(driver, "what-if-\(columns)x\(rows)")
  }

  @Test(arguments: sizes)
  func uncordonCardFrame(columns: Int, rows: Int) throws {
    var driver = Driver(Self.incident().snapshot, columns: columns, rows: rows)
    driver.select("us-central1-b")
    driver.type("u")
    driver.answer()
    driver.wait(.milliseconds(500))
    try expectKept(driver, "uncordon-\(columns)x\(rows)")
  }

  /// Everything that can stand on a card at once.
  @Test(arguments: sizes)
  func contestedCardFrame(columns: Int, rows: Int) throws {
    var driver = Driver(columns: columns, rows: rows)
    var other = SampleWorld.drain(.zone("us-central1-c"), service: nil)
    other.holder = "ops2"
    other.reason = "new switches"
    func hold(_ rule: SafetyRule, _ why: String) -> Hold {
      Hold(rule: rule, service: SampleWorld.nginx, name: nil, why: why)
    }
    driver.openDrain(
      waits: [hold(.failStatic, "4 of 13 clusters were lost within 2 min")], nearby: [other])
    driver.fillCard()
    driver.wait(.seconds(11))
    driver.type("r")
    let fewer = SampleWorld.drain(.region("us-central1"))
    if let asked = driver.asked {
      var moved = SampleWorld.preview(
        .placing([fewer]), hash: "aaaa0000",
        objections: [hold(.massChange, "3 of 5 addresses would go; the limit is 30 %")],
        waits: [hold(.failStatic, "4 of 13 clusters were lost within 2 min")], nearby: [other], at: driver.state.now)
      moved.change = asked
      driver.send(.previewed(moved))
    }
    driver.wait(.milliseconds(500))
    try expectKept(driver, "contested-\(columns)x\(rows)")
  }

  @Test(arguments: ViewKind.allCases, sizes)
  func everyView(view: ViewKind, size: (Int, Int)) throws {
    var world = Self.incident()
    world.snapshot.services.append(SampleWorld.service(ServiceKey(namespace: "shop", name: "cart")))
    var driver = Driver(world.snapshot, columns: size.0, rows: size.1)
    driver.state.show(view)
    try expectKept(driver, "view-\(view.rawValue)-\(size.0)x\(size.1)")
    expectWhole(driver)
  }

  /// What holds for every frame: the header and the hints are there, and the selected row can be seen.
  private func expectWhole(_ driver: Driver) {
    let rows = driver.grid.rows
    #expect(rows.count == driver.state.size.rows && rows[0].contains("zonetop"))
    #expect(rows.last?.contains("q quit") == true)
    if driver.state.view != .trace {
      // The title of the pane names the selection, too: the cursor stands at the edge.
      #expect(rows.contains { $0.hasPrefix("› ") || $0.hasPrefix("│› ") }, "\(driver.screen)")
    }
  }

  @Test func helpFrame() throws {
    var driver = Driver(columns: 80, rows: 60)
    driver.press(.character("?"))
    try expectKept(driver, "help-80x60")
  }

  @Test func worstZoneIsSelectedFirst() {
    let grid = renderOnce(
      SampleWorld().snapshot, trace: nil, size: Size(columns: 120, rows: 36), theme: .dark,
      options: DashboardOptions(operatorName: "ops1"))
    #expect(grid.rows.contains { $0.contains("│› ") && $0.contains("europe-west1-b") })
  }

  @Test func everyStateIsLegibleWithoutColour() {
    var driver = Driver(Self.incident().snapshot)
    driver.state.order = .name
    driver.state.refreshTree()
    for row in [
      "✔ OK    us-central1-a", "▼ DRN   us-central1-b", "▲ DEG   us-central1-c", "✖ DOWN  us-central1-f",
      "? STALE europe-west1-c", "? STALE asia-east1-c",
    ] { #expect(driver.row(with: row) != nil, "\(row)\n\(driver.screen)") }
    #expect(driver.row(with: "STALE asia-east1-c")?.contains("unreachable, held") == true)
    #expect(driver.row(with: "STALE asia-east1-c")?.contains("░") == true)
  }

  @Test func productionIsWrittenOut() {
    #expect(Driver(Self.incident().snapshot).grid.rows[0].contains(" PROD "))
  }

  @Test func asciiGlyphsAreEnough() {
    var theme = Theme.dark
    theme.glyphs = .ascii
    let driver = Driver(Self.incident().snapshot)
    let grid = frame(driver.state, theme: theme)
    #expect(grid.rows.allSatisfy { row in row.unicodeScalars.allSatisfy { $0.isASCII || $0 == "…" || $0 == "→" } })
  }

  @Test func aWaitingDashboardSaysSo() {
    let driver = Driver(nil, columns: 80, rows: 24)
    #expect(driver.screen.contains("waiting for the first picture"))
  }
}
