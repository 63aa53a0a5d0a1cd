import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// Nothing that changes DNS leaves without a card that was read, filled in and confirmed.
@Suite struct CardTests {
  private var hold: Hold {
    Hold(rule: .massChange, service: SampleWorld.nginx, name: nil, why: "3 of 5 addresses would go; the limit is 0.3")
  }

  @Test func confirmedDrainCarriesWhatWasShown() throws {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.press(.character("y"))
    let intent = try #require(driver.placed.first)
    guard case .place(let cordon, let hash, let overrides) = intent else { return }
    #expect(cordon.target == .zone("us-central1-b"))
    #expect(cordon.kind == .drain)
    #expect(cordon.service == SampleWorld.nginx)
    #expect(cordon.reason == "rack power")
    #expect(cordon.holder == "ops1")
    #expect(cordon.expires - cordon.created == .seconds(3_600))
    #expect(hash == "9f31c0de")
    #expect(overrides.isEmpty)
    driver.send(.performed(intent, .done("drained zone/us-central1-b")))
    #expect(driver.state.card == nil)
    #expect(driver.screen.contains("drained zone/us-central1-b"))
  }

  @Test func confirmingTwiceGivesOneOrder() {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.press(.character("y"), .character("y"), .character("y"))
    #expect(driver.placed.count == 1)
  }

  @Test func cancelHasTheFocusAndEnterNeverConfirms() {
    var driver = Driver()
    driver.openDrain()
    #expect(driver.screen.contains("[ Cancel ]"))
    driver.fillCard()
    driver.press(.enter)
    #expect(driver.placed.isEmpty)
    #expect(driver.state.card == nil)
  }

  @Test func enterLeadsToWhatIsMissingAndThenOut() {
    var driver = Driver()
    driver.openDrain()
    driver.press(.tab)
    driver.type("rack power")
    driver.press(.enter)
    #expect(driver.state.card?.focus == .typed, "how long is filled in already")
    driver.type("us-central1-b")
    driver.press(.enter, .character("y"))
    #expect(driver.placed.count == 1)
  }

  @Test(arguments: ["d", "c", "D", "x", " ", "Y"])
  func otherKeysDoNotConfirm(key: String) {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.type(key)
    #expect(driver.placed.isEmpty)
  }

  @Test func keysBeforeTheCardCouldBeReadAreThrownAway() {
    var driver = Driver()
    driver.select("us-central1-b")
    driver.press(.character("d"))
    driver.press(.tab, .character("z"))
    driver.answer()
    driver.wait(.milliseconds(399))
    driver.press(.tab)
    driver.type("early")
    driver.send(.input(.paste("early")))
    #expect(driver.state.card?.reason.text == "")
    #expect(driver.state.card?.focus == .cancel)
    driver.wait(.milliseconds(1))
    driver.press(.tab)
    driver.type("now")
    #expect(driver.state.card?.reason.text == "now")
  }

  @Test func yBeforeTheTimeDoesNothingEvenWhenAllIsFilledIn() {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    let shown = driver.state.card?.shown
    driver.press(.character("r"))
    driver.answer()
    #expect(driver.state.card?.shown != shown)
    driver.press(.character("y"))
    #expect(driver.placed.isEmpty)
    driver.wait(.milliseconds(400))
    driver.press(.character("y"))
    #expect(driver.placed.count == 1)
  }

  @Test func aReasonIsNeeded() {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard(reason: "   ")
    driver.press(.character("y"))
    #expect(driver.placed.isEmpty)
    #expect(driver.screen.contains("say because of what"))
  }

  @Test(arguments: ["", "0s", "59s", "73h", "soon", "1h1"])
  func aSpanOutsideTheLimitsIsRefused(span: String) {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.press(.tab, .tab, .control("u"))
    driver.type(span)
    driver.press(.escape, .character("y"))
    #expect(driver.placed.isEmpty)
    #expect(driver.screen.contains("1m to 72h"))
  }

  @Test(arguments: [nil, "us-central1-c", "us-central1"])
  func aZoneNeedsItsNameTyped(typed: String?) {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard(typed: typed)
    driver.press(.character("y"))
    #expect(driver.placed.isEmpty)
    #expect(driver.screen.contains("type us-central1-b"))
  }

  @Test func anObjectingRuleIsShownAndOverriddenByName() throws {
    var driver = Driver()
    driver.openDrain(objections: [hold])
    #expect(driver.screen.contains("mass-change objects: 3 of 5"))
    driver.fillCard()
    #expect(driver.screen.contains("y drain now, overriding mass-change"))
    driver.press(.character("y"))
    guard case .place(_, _, let overrides)? = driver.placed.first else {
      Issue.record("nothing was placed")
      return
    }
    #expect(overrides == [.massChange])
  }

  @Test func aPlanForSomethingElseIsIgnored() {
    var driver = Driver()
    driver.select("us-central1-b")
    driver.press(.character("d"))
    driver.send(.previewed(SampleWorld.preview(.placing([SampleWorld.drain(.zone("us-central1-a"))]))))
    #expect(driver.state.card?.preview == nil)
  }

  @Test func readOnlySaysWhyAndPlacesNothing() {
    var driver = Driver(readOnly: "started with --read-only")
    for key in ["d", "c", "u", "r", "R"] {
      driver.type(key)
      #expect(driver.screen.contains("started with --read-only"))
      #expect(driver.state.card == nil)
    }
    #expect(driver.effects.allSatisfy { if case .perform = $0 { false } else { true } })
    #expect(driver.role(of: "drain") == .disabled)
  }

  @Test func uncordonNamesTheOrdersThatEnd() {
    var driver = Driver(FrameTests.incident().snapshot)
    driver.select("us-central1-b")
    driver.press(.character("u"))
    driver.answer()
    #expect(driver.screen.contains("drain by ops1: rack power"))
    driver.wait(.milliseconds(400))
    driver.press(.character("y"))
    #expect(driver.effects.last == .perform(.uncordon(.zone("us-central1-b"), service: SampleWorld.nginx)))
  }

  @Test func uncordonWithoutAnOrderSaysWhereItIs() {
    var world = SampleWorld()
    world.snapshot.cordons = [SampleWorld.drain(.region("us-central1"))]
    var driver = Driver(world.snapshot)
    driver.select("us-central1-a")
    driver.press(.character("u"))
    #expect(driver.screen.contains("region/us-central1 has: select that"))
    driver.select("asia-east1-a")
    driver.press(.character("u"))
    #expect(driver.screen.contains("there is no cordon and no drain on zone/asia-east1-a"))
  }

  @Test func theScopeCanBeEveryService() {
    var driver = Driver()
    driver.openDrain()
    driver.press(.character("a"))
    #expect(driver.asked?.cordons.map(\.service) == [nil])
    #expect(driver.screen.contains("every service"))
  }

  @Test func theCommandIsOneKeyAway() {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard(reason: "it's dark")
    driver.press(.character("Y"))
    #expect(
      driver.effects.last
        == .copy(
          "zonetop drain zone/us-central1-b --service mynamespace/nginx --reason 'it'\\''s dark' --for 1h"))
  }
}
