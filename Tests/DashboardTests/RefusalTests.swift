import Control
import Federation
import Terminal
import Testing

@testable import Dashboard

/// Every way in which an order does not come about: the card says which, and nothing leaves unconfirmed.
@Suite struct RefusalTests {
  private func hold(_ rule: SafetyRule, _ why: String) -> Hold {
    Hold(rule: rule, service: SampleWorld.nginx, name: nil, why: why)
  }

  /// A drain that was confirmed, and what it asked for.
  private func confirmed() throws -> (Driver, Intent, Cordon) {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.type("y")
    let intent = try #require(driver.placed.first)
    guard case .place(let cordon, _, _) = intent else { throw Missing() }
    return (driver, intent, cordon)
  }

  private struct Missing: Error {}

  @Test(arguments: [SafetyRule.massChange, .oneDrain, .neverEmpty, .minimumHealthyZones])
  func aRuleThatYieldsIsOverriddenByNameAndConfirmedAnew(rule: SafetyRule) throws {
    var (driver, intent, _) = try confirmed()
    driver.send(.performed(intent, .refused(rule, "3 of 5 would go")))
    #expect(driver.screen.contains("refused by \(rule.rawValue): 3 of 5 would go"))
    #expect(driver.screen.contains("confirming again overrides \(rule.rawValue) by name"))
    driver.wait(.milliseconds(500))
    driver.type("y")
    #expect(driver.placed.count == 1, "the name has to be typed again")
    driver.press(.tab, .tab, .tab)
    driver.type("us-central1-b")
    driver.press(.escape, .character("y"))
    #expect(driver.placed.count == 2)
    guard case .place(_, _, let overrides)? = driver.placed.last else { throw Missing() }
    #expect(overrides == [rule])
  }

  @Test(arguments: [SafetyRule.failStatic, .singleWriter, .wholeReads, .owned, .audited])
  func aRuleThatDoesNotYieldEndsIt(rule: SafetyRule) throws {
    var (driver, intent, _) = try confirmed()
    driver.send(.performed(intent, .refused(rule, "not now")))
    #expect(driver.screen.contains("\(rule.rawValue) yields to nobody"))
    driver.wait(.milliseconds(500))
    driver.press(.tab, .tab, .tab)
    driver.type("us-central1-b")
    driver.press(.escape, .character("y"))
    #expect(driver.placed.count == 1)
    // A new plan forgets the refusal: the world may have moved.
    driver.type("r")
    driver.answer()
    driver.wait(.milliseconds(500))
    driver.type("y")
    #expect(driver.placed.count == 2)
  }

  @Test(arguments: [SafetyRule.massChange, .neverEmpty, .minimumHealthyZones, .oneDrain])
  func anObjectionIsShownBeforeAnythingIsTried(rule: SafetyRule) {
    var driver = Driver()
    driver.openDrain(objections: [hold(rule, "not like this")])
    #expect(driver.screen.contains("\(rule.rawValue) objects: not like this"))
    driver.fillCard(typed: nil)
    driver.type("y")
    #expect(driver.placed.isEmpty)
  }

  @Test(arguments: [SafetyRule.failStatic, .singleWriter, .wholeReads])
  func whatWouldKeepTheOrderWaitingIsSaidAndNeedsTheName(rule: SafetyRule) {
    var driver = Driver()
    driver.openDrain(waits: [hold(rule, "nobody would carry it out")])
    #expect(driver.screen.contains("\(rule.rawValue) keeps it waiting: nobody would carry it out"))
    #expect(!driver.screen.contains("none objects"))
    driver.fillCard(typed: nil)
    driver.type("y")
    #expect(driver.placed.isEmpty)
    #expect(driver.screen.contains("a rule would keep it waiting"))
  }

  @Test(arguments: [(80, 24), (120, 36), (40, 40)])
  func aReasonIsNeverCutOff(columns: Int, rows: Int) {
    let why =
      "this would remove 2 of 5 published addresses (40 %) and at most 30 % may go because they vanished or were "
      + "ordered out: check that it is meant, then override mass-change"
    var driver = Driver(columns: columns, rows: rows)
    driver.openDrain(objections: [hold(.massChange, why)])
    let text =
      driver.state.card.map { CardView(state: driver.state, card: $0, glyphs: .unicode) }?
      .body(width: min(columns, CardView.widest) - 4).map { $0.pieces.map(\.text).joined() } ?? []
    let words = text.joined(separator: " ").split(separator: " ").joined(separator: " ")
    #expect(words.contains(why))
    #expect(text.allSatisfy { Terminal.columns(of: $0) <= columns || !$0.contains("vanished") })
  }

  @Test func readOnlyCannotBeConfirmedEvenWithACardThatIsOpen() {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    #expect(driver.state.card?.obstacle(now: driver.state.now, readOnly: "started with --read-only") != nil)
    #expect(driver.state.card?.obstacle(now: driver.state.now, readOnly: nil) == nil)
  }

  @Test func aMovedWorldShowsTheNewPlanAndWhatDiffers() throws {
    var (driver, intent, _) = try confirmed()
    guard case .place(let cordon, _, _) = intent else { throw Missing() }
    var moved = SampleWorld.preview(.placing([SampleWorld.drain(.region("us-central1"))]), hash: "aaaa0000")
    moved.change = .placing([cordon])
    moved.objections = [hold(.massChange, "3 of 5 would go")]
    driver.send(.performed(intent, .changed(moved)))
    #expect(driver.screen.contains("nothing was done: the world has moved, and this is the new plan"))
    #expect(driver.screen.contains("plan aaaa0000"))
    #expect(driver.screen.contains("mass-change objects now"))
    #expect(driver.screen.contains("nginx global: 6 of 15 stay, were 12 of 15"))
    #expect(driver.screen.contains("and 4 differences more"))
    #expect(driver.state.card?.typed.text == "")
    driver.type("y")
    #expect(driver.placed.count == 1)
    driver.wait(.milliseconds(500))
    driver.type("y")
    #expect(driver.placed.count == 1, "the name has to be typed for the new plan")
  }

  @Test func planningAgainSaysWhatDiffersToo() {
    var driver = Driver()
    driver.openDrain()
    driver.type("r")
    driver.answer()
    #expect(!driver.screen.contains("this plan differs"))
    driver.wait(.milliseconds(500))
    driver.type("r")
    driver.answer(hash: "bbbb0000", objections: [hold(.massChange, "too much")])
    #expect(driver.screen.contains("this plan differs"))
    #expect(driver.screen.contains("mass-change objects now"))
  }

  @Test func aFailureStaysOnTheCard() throws {
    var (driver, intent, _) = try confirmed()
    driver.send(.performed(intent, .failed("the federation API does not answer")))
    #expect(driver.screen.contains("nothing is certain: the federation API does not answer"))
    #expect(driver.state.card?.phase == .ready)
    driver.type("y")
    #expect(driver.placed.count == 1, "the failure has to be read first")
  }

  @Test func theTimeOfAnOrderRunsFromItsConfirmation() throws {
    var driver = Driver()
    driver.openDrain()
    driver.fillCard()
    driver.wait(.seconds(7_200))
    driver.type("y")
    guard case .place(let cordon, _, _)? = driver.placed.first else { throw Missing() }
    #expect(cordon.created + .seconds(3_600) == cordon.expires)
    #expect(cordon.expires > driver.state.now)
  }

  @Test func aPlanMarksItselfOldAfterTenSeconds() {
    var driver = Driver()
    driver.openDrain()
    driver.wait(.milliseconds(9_500))
    #expect(driver.screen.contains("plan 9f31c0de, 10s old"))
    driver.wait(.seconds(1))
    #expect(driver.screen.contains("plan 9f31c0de is 11s old: r plans again"))
    #expect(driver.role(of: "plan 9f31c0de is 11s old") == .warning)
    driver.type("r")
    driver.answer()
    #expect(driver.screen.contains("plan 9f31c0de, 0s old"))
  }

  @Test func aClockThatIsSetBackGivesNoTime() {
    var driver = Driver()
    driver.select("us-central1-b")
    driver.type("d")
    driver.answer()
    driver.send(.tick(driver.state.now + .seconds(-3_600)))
    driver.press(.tab)
    driver.type("early")
    #expect(driver.state.card?.reason.text == "")
    #expect(driver.state.card?.focus == .cancel)
  }

  @Test func moreShardsThanAFewNeedTheName() {
    var driver = Driver()
    driver.type(":")
    driver.type("drain cluster/us-central1-b")
    driver.press(.enter)
    var preview = SampleWorld.preview(driver.asked ?? .placing([]))
    preview.capacity = []
    preview.shards = Card.fewShards
    driver.send(.previewed(preview))
    #expect(driver.state.card?.typingReason == nil)
    preview.shards = Card.fewShards + 1
    driver.state.card?.preview = preview
    #expect(driver.state.card?.typingReason == "6 shards")
    preview.shards = 1
    preview.capacity = [
      DrainPreview.Capacity(service: SampleWorld.nginx, level: .region("us-central1"), remaining: 0, total: 3)
    ]
    driver.state.card?.preview = preview
    #expect(driver.state.card?.typingReason == "the last healthy shard of region us-central1")
  }
}
