import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// What is typed after `:`.
@Suite struct CommandTests {
  private func run(_ line: String, _ driver: inout Driver) {
    driver.type(":" + line)
    driver.press(.enter)
  }

  @Test func everyVerbIsUnderstoodAndListedInTheHelp() {
    let help = HelpView(state: Driver().state, glyphs: .unicode).lines().map { $0.pieces.map(\.text).joined() }
    for verb in CommandVerb.all {
      #expect(help.contains { $0.contains(" \(verb.name) ") && $0.contains(verb.help) }, "\(verb.name)")
      var driver = Driver()
      run(verb.name, &driver)
      let isHandedOut = driver.effects.contains { if case .command = $0 { true } else { false } }
      #expect(!isHandedOut, "\(verb.name) is done here")
    }
  }

  @Test func tabCompletesVerbsAndTheirArguments() {
    var driver = Driver()
    driver.type(":unc")
    driver.press(.tab)
    #expect(driver.state.prompt?.field.text == "uncordon ")
    driver.type("zone/us-c")
    driver.press(.tab)
    #expect(driver.state.prompt?.field.text == "uncordon zone/us-central1-", "as far as there is one way")
    driver.press(.tab)
    #expect(driver.state.prompt?.field.text == "uncordon zone/us-central1-a")
    driver.press(.tab)
    #expect(driver.state.prompt?.field.text == "uncordon zone/us-central1-b", "and then round")
    driver.press(.escape)
    driver.type(":re")
    #expect(driver.grid.rows.last?.contains("reconcile  records  reload") == true, "what it could become is shown")
  }

  @Test func upRecallsWhatWasTyped() {
    var driver = Driver()
    run("view clusters", &driver)
    run("view tree", &driver)
    driver.type(":")
    driver.press(.up)
    #expect(driver.state.prompt?.field.text == "view tree")
    driver.press(.up, .up)
    #expect(driver.state.prompt?.field.text == "view clusters")
    driver.press(.down, .down)
    #expect(driver.state.prompt?.field.text.isEmpty == true)
  }

  @Test func aDrainTakesItsReasonAndTimeAndStillAsks() {
    var driver = Driver()
    run(#"drain zone/us-central1-b --reason "rack power" --for 45m"#, &driver)
    #expect(driver.state.card?.reason.text == "rack power")
    #expect(driver.state.card?.span.text == "45m")
    #expect(driver.placed.isEmpty)
  }

  @Test(arguments: [
    ("drain", "drain what?"), ("drain zone/nowhere", "is not in this federation"), ("drain x", "names no scope"),
    ("drain zone/us-central1-b --reason", "--reason needs a value"),
    ("drain zone/us-central1-b --now yes", "there is no option --now"), ("drain \"zone", "a quote is open"),
    ("view nowhere", "view takes one of"), ("theme nothing", "theme takes one of"),
    ("bell loud", "bell takes on or off"),
    ("service nowhere/at-all", "there is no federated service"), ("sort state", "this view is no table"),
    ("columns state", "this view is no table"), ("trace", "trace what?"), ("trace a..b", "is no name"),
  ])
  func aLineThatMeansNothingSaysWhy(line: String, why: String) {
    var driver = Driver()
    run(line, &driver)
    #expect(driver.screen.contains(why), "\(driver.screen)")
    #expect(driver.placed.isEmpty && driver.state.card == nil)
  }

  @Test func anyNameCanBeTraced() {
    var driver = Driver()
    run("trace www.example.com", &driver)
    #expect(driver.effects.last == .trace(DomainName(canonical: "www.example.com"), .a))
    #expect(driver.state.view == .trace)
    driver.press(.escape)
    #expect(driver.state.view == .tree && driver.state.tracedOther == nil)
  }

  @Test func whatWasSaidCanBeReadAgain() {
    var driver = Driver()
    driver.send(.notice(.error, "the provider said no"))
    driver.wait(.seconds(60))
    #expect(!driver.screen.contains("the provider said no"))
    driver.type("M")
    #expect(driver.screen.contains("14:02:31 ✖ the provider said no"), "\(driver.screen)")
    driver.press(.escape)
    #expect(driver.state.sheet == nil)
  }

  @Test func theBellRingsForTroubleWhenItIsOn() {
    var world = SampleWorld()
    var driver = Driver(world.snapshot)
    func worsen() {
      world.snapshot.events.insert(
        Event(time: SampleWorld.now, kind: .down, subject: "x", message: "\(world.snapshot.events.count)"), at: 0)
    }
    worsen()
    #expect(!driver.send(.snapshot(world.snapshot)).contains(.bell), "off unless it is asked for")
    run("bell on", &driver)
    #expect(!driver.send(.snapshot(world.snapshot)).contains(.bell), "nothing is worse")
    worsen()
    #expect(driver.send(.snapshot(world.snapshot)).contains(.bell))
  }

  @Test func theConfigurationIsReadAgainOnRequest() throws {
    var driver = Driver()
    run("reload", &driver)
    #expect(driver.effects.last == .reload)
    let options = DashboardOptions(
      operatorName: "ops1", themes: ["light", "dark"], bindings: try BindingTable.standard.rebound(["drain": "D"]))
    driver.send(.reloaded(options, [.dark, .dark]))
    #expect(driver.state.themeIndex == 1, "the theme on screen stays")
    #expect(driver.screen.contains("D drain"))
  }
}
