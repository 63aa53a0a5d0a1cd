import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// Every key of the binding table, pressed. The switch has no default: a new action has to say here what it does.
@Suite struct EveryKeyTests {
  private func world() -> SampleWorld {
    var world = TableTests.world()
    world.snapshot.cordons = [SampleWorld.drain(.zone("us-central1-b"))]
    return world
  }

  @Test(arguments: Dashboard.Action.allCases) func everyKeyDoesWhatTheHelpSays(action: Dashboard.Action) throws {
    let binding = try #require(BindingTable.standard.binding(of: action))
    #expect(!binding.keys.isEmpty)
    for key in binding.keys {
      var driver = Driver(world().snapshot)
      driver.press(.home, .down, .down, .down)
      try check(action, key, &driver)
    }
  }

  private func check(_ action: Dashboard.Action, _ key: Key, _ driver: inout Driver) throws {
    let before = driver.state
    switch action {
    case .up, .down, .top, .bottom, .pageUp, .pageDown, .fold, .unfold: try checkMove(action, key, &driver)
    case .open:
      driver.press(.home, key)
      #expect(driver.state.rows.count < before.rows.count, "a region folds")
    case .back:
      driver.press(.tab, key)
      #expect(driver.state.pane == .places)
    case .nextPane, .previousPane:
      driver.press(key)
      #expect(driver.state.pane == (action == .nextPane ? .trace : .events))
    case .nextService, .previousService:
      driver.press(key)
      #expect(driver.state.service != before.service)
    case .everyService:
      driver.press(key)
      #expect(driver.state.scope == .everything)
    case .filter, .command:
      driver.press(key)
      #expect(driver.state.prompt?.purpose == (action == .filter ? .filter : .command))
    case .help, .messages, .plan: try checkSheet(action, key, &driver)
    case .onlyUnhealthy:
      driver.press(key)
      #expect(driver.state.rows.count < before.rows.count)
    case .sort:
      driver.press(key)
      #expect(driver.state.order == .name)
    case .cordon, .drain:
      driver.press(key)
      #expect(driver.state.card?.purpose == .order(action == .drain ? .drain : .cordon))
      #expect(driver.placed.isEmpty)
    case .uncordon:
      driver.select("us-central1-b")
      driver.press(key)
      #expect(driver.state.card?.isUncordon == true)
      #expect(!driver.effects.contains { if case .perform = $0 { true } else { false } })
    case .reconcile, .reconcileAll:
      driver.press(key)
      #expect(driver.effects.last == .perform(.reconcile(action == .reconcile ? before.service : nil)))
    case .trace:
      driver.press(key)
      #expect(driver.state.pane == .trace)
    case .copy:
      driver.press(key)
      #expect(driver.effects.contains { if case .copy = $0 { true } else { false } })
    case .copyCommand:
      driver.press(key)
      #expect(driver.screen.contains("Y copies the command of a card"))
    case .theme:
      driver.press(key)
      #expect(driver.state.themeIndex == 1 && driver.screen.contains("theme light"))
    case .viewTree, .viewServices, .viewRecords, .viewTrace, .viewClusters, .viewTimeline, .viewDoctor:
      driver.state.show(action == .viewTree ? .services : .tree)
      driver.press(key)
      #expect(driver.state.view.rawValue == action.rawValue.dropFirst(4).lowercased())
    case .mark, .unmark, .whatIf: checkMarks(action, key, &driver)
    case .stepBack, .stepForward, .leapBack, .leapForward, .play: try checkPast(action, key, &driver)
    case .freeze:
      driver.press(key)
      var world = world()
      world.snapshot.revision += 1
      world.change("us-central1-a") { $0.isServing = false }
      driver.wait(.seconds(3))
      driver.send(.snapshot(world.snapshot))
      #expect(driver.grid.rows[0].contains("PAST 14:02:31, live is +0:03 ahead · 1 new"), "\(driver.grid.rows[0])")
      #expect(driver.row(with: "OK    us-central1-a") != nil, "what is held stays\n\(driver.screen)")
      driver.type("d")
      #expect(driver.state.card == nil && driver.screen.contains("this is the past"))
      driver.press(key)
      #expect(driver.row(with: "OK    us-central1-a") == nil)
    case .redraw:
      driver.press(key)
      #expect(driver.effects.last == .redraw)
    case .quit:
      driver.press(key)
      #expect(driver.effects.last == .quit)
    }
  }

  private func checkMove(_ action: Dashboard.Action, _ key: Key, _ driver: inout Driver) throws {
    let row = try #require(driver.state.selectedRow)
    driver.press(key)
    let now = try #require(driver.state.selectedRow)
    switch action {
    case .up: #expect(now == row - 1)
    case .down: #expect(now == row + 1)
    case .top, .pageUp: #expect(now == 0)
    case .bottom, .pageDown: #expect(now == driver.state.rows.count - 1)
    case .fold: #expect(driver.state.selectedPlace?.depth == 0, "it goes to the region around the zone")
    case .unfold:
      #expect(now == row, "a leaf has nothing inside")
      driver.press(.home, key)
      #expect(driver.state.selectedRow == 1, "it goes to the first inside")
    default: Issue.record("no movement: \(action)")
    }
  }

  private func checkMarks(_ action: Dashboard.Action, _ key: Key, _ driver: inout Driver) {
    driver.select("us-central1-a")
    if action != .mark { driver.press(.character(" ")) }
    driver.press(key)
    switch action {
    case .mark:
      #expect(driver.state.marks == [.zone("us-central1-a", region: "us-central1")])
      driver.select("us-central1-a")
      driver.press(key)
      #expect(driver.state.marks.isEmpty, "again takes the mark away")
    case .unmark: #expect(driver.state.marks.isEmpty)
    default:
      #expect(driver.state.card.map { if case .whatIf = $0.purpose { true } else { false } } == true)
      #expect(!driver.effects.contains { if case .perform = $0 { true } else { false } })
    }
  }

  /// Three pictures have been seen, each with one thing changed.
  private func checkPast(_ action: Dashboard.Action, _ key: Key, _ driver: inout Driver) throws {
    var world = world()
    for zone in ["us-central1-a", "us-central1-c"] {
      world.snapshot.time = world.snapshot.time + .seconds(10)
      world.change(zone) { $0.shard.readyEndpoints = 1 }
      driver.wait(.seconds(10))
      driver.send(.snapshot(world.snapshot))
    }
    let back: [Key] = action == .leapForward ? [.character("{")] : [.character("["), .character("[")]
    if action != .stepBack && action != .leapBack { for earlier in back { driver.press(earlier) } }
    let before = driver.state.memory.moment
    driver.press(key)
    let now = driver.state.memory.moment
    switch action {
    case .stepBack, .leapBack: #expect(now != nil && driver.screen.contains("PAST "))
    case .stepForward: #expect(try #require(now) > #require(before))
    case .leapForward: #expect(now == nil, "beyond the last change is live again")
    default: #expect(driver.state.memory.isPlaying)
    }
  }

  private func checkSheet(_ action: Dashboard.Action, _ key: Key, _ driver: inout Driver) throws {
    driver.press(key)
    #expect("\(try #require(driver.state.sheet).kind)" == action.rawValue)
    driver.press(.down, .down, .up, .end, .home, .pageDown, .pageUp)
    #expect(driver.state.sheet?.top == 0, "it scrolls and stays open")
    driver.press(.escape)
    #expect(driver.state.sheet == nil)
  }

  /// What changes something is refused with the reason wherever that is not allowed.
  @Test func whatMayNotBeDoneSaysWhy() {
    for binding in BindingTable.standard.bindings where binding.group == .act {
      for key in binding.keys {
        var driver = Driver(world().snapshot, readOnly: "started with --read-only")
        driver.select("us-central1-b")
        driver.press(key)
        #expect(driver.state.card == nil)
        #expect(!driver.effects.contains { if case .perform = $0 { true } else { false } })
        #expect(driver.screen.contains("nothing is changed from here: started with --read-only"), "\(binding.action)")
      }
    }
    var nothing = Driver(SampleWorld(services: []).snapshot)
    nothing.type("r")
    #expect(nothing.screen.contains("there is no service to reconcile"))
  }
}
