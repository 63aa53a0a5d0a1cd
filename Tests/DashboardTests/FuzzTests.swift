import Control
import Federation
import Glibc
import Terminal
import Testing

@testable import Dashboard

/// Random keys, sizes, pastes, clicks and answers: no crash, and nothing placed that was not confirmed on a card.
@Suite struct FuzzTests {
  /// A hundred thousand over all seeds in the long form (`make fuzz`).
  static let steps = (getenv("ZONETOP_FUZZ").flatMap { Int(String(cString: $0)) } ?? 20_000) / 4

  @Test(arguments: [1, 2, 3, 4])
  func nothingUnconfirmedEverLeaves(seed: UInt64) {
    var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
    var world = FrameTests.incident()
    var driver = Driver(world.snapshot)
    var (placed, lifted, supposed) = (0, 0, 0)
    for step in 0..<Self.steps {
      let before = driver.state
      let message = Self.message(step, &random, &world, driver)
      for effect in driver.send(message) {
        guard case .perform(let intent) = effect else { continue }
        switch intent {
        case .place(let cordon, let hash, _):
          placed += 1
          guard case .input(.key(.character("y"))) = message, let card = before.card, let shown = card.shown else {
            Issue.record("placed \(cordon.target) by \(message)")
            return
          }
          #expect(card.obstacle(now: before.now, readOnly: nil) == nil)
          #expect(before.memory.moment == nil, "nothing is ordered from the past")
          #expect(hash == card.preview?.planHash)
          #expect(before.now - shown >= Card.readingTime)
          #expect(!cordon.reason.isEmpty)
        case .uncordon:
          lifted += 1
          guard case .input(.key(.character("y"))) = message, let card = before.card, card.isUncordon else {
            Issue.record("uncordoned by \(message)")
            return
          }
          #expect(card.obstacle(now: before.now, readOnly: nil) == nil)
        case .reconcile: break
        }
      }
      if case .whatIf? = driver.state.card?.purpose { supposed += 1 }
      #expect(driver.state.marks.count <= DashboardState.mostMarks)
      if step % 7 == 0 { #expect(driver.grid.size == driver.state.size) }
      if driver.effects.count > 100 { driver = Driver.resumed(driver.state) }
    }
    // The walk must reach what it guards.
    #expect(placed > 0 && lifted > 0 && supposed > 0)
  }

  private static func message(
    _ step: Int, _ random: inout Generator, _ world: inout SampleWorld, _ driver: Driver
  ) -> Message {
    // A card is helped along, so that some of the walks come to its end.
    if let card = driver.state.card, random.chance(70) {
      switch (card.phase, card.purpose) {
      case (.asking, _):
        return .previewed(SampleWorld.preview(card.change(holder: "ops1", now: driver.state.now)))
      case (.placing, .order(let kind)):
        let cordon = card.cordon(kind: kind, holder: "ops1", now: driver.state.now)
        let intent = Intent.place(cordon, planHash: nil, overrides: [])
        let results: [IntentResult] = [
          .done("done"), .refused(.massChange, "too much"), .refused(.failStatic, "frozen"),
          .changed(SampleWorld.preview(.placing([cordon]), hash: "cccc")), .failed("no"),
        ]
        return .performed(intent, results[random.below(results.count)])
      case (_, .order):
        switch card.focus {
        case .typed where card.typed.text.isEmpty: return .input(.paste(card.targetName))
        case .typed where card.typed.text != card.targetName: return .input(.key(.control("u")))
        case .reason, .typed: return .input(.key(random.chance(50) ? .tab : .character("x")))
        case .span: return .input(.key(.tab))
        case .cancel: return .input(.key(random.chance(50) ? .tab : .character("y")))
        }
      case (.placing, .uncordon(let cordons)):
        let results: [IntentResult] = [.done("lifted"), .failed("no")]
        return .performed(.uncordon(cordons[0].target, service: cordons[0].service), results[random.below(2)])
      case (_, .uncordon):
        if random.chance(30) { return .tick(driver.state.now + .milliseconds(300)) }
        return .input(.key(.character(random.chance(50) ? "y" : "n")))
      case (_, .whatIf): return .input(.key([.character("y"), .enter, .escape, .character("a")][random.below(4)]))
      }
    }
    if let prompt = driver.state.prompt, prompt.purpose == .command, random.chance(50) {
      let lines = ["undo", "undo all", "what-if", "uncordon zone/us-central1-b", "drain region/us-east1", "unmark"]
      return prompt.field.text.isEmpty ? .input(.paste(lines[random.below(lines.count)])) : .input(.key(.enter))
    }
    if driver.state.card == nil, driver.state.prompt == nil, random.chance(5) {
      return .input(.key(.character(random.chance(50) ? " " : "w")))
    }
    switch random.below(100) {
    case 0..<70: return .input(.key(keys[random.below(keys.count)]))
    case 70..<80: return .tick(driver.state.now + .milliseconds(Int64(random.below(900))))
    case 80..<84:
      return .input(.resize(Size(columns: random.below(220), rows: random.below(70))))
    case 84..<88: return .input(.paste(["us-central1-b", "y", "dddyyy\u{1B}[31m", "health=down !eu"][random.below(4)]))
    case 88..<94:
      let actions: [Mouse.Action] = [.press, .release, .doubleClick, .wheelUp, .wheelDown]
      let position = Point(column: random.below(200), row: random.below(60))
      return .input(.mouse(Mouse(action: actions[random.below(actions.count)], position: position)))
    case 94..<97:
      world.snapshot.revision += 1
      let cluster = world.snapshot.clusters[random.below(world.snapshot.clusters.count)].cluster.name
      world.change(cluster) { shard in
        shard.isServing.toggle()
        shard.verdict.isHealthy = shard.isServing
        shard.verdict.reason = shard.isServing ? .healthy : .noReadyEndpoints
      }
      if random.chance(20) { world.snapshot.clusters.shuffle(using: &random) }
      if random.chance(5) { world.snapshot.services[0].shards.removeLast() }
      if world.snapshot.services[0].shards.count < 4 { world = FrameTests.incident() }
      return .snapshot(world.snapshot)
    default:
      return .traced(SampleWorld.trace("us-central1-f", region: "us-central1", addresses: ["104.197.247.191"]))
    }
  }

  private static let keys: [Key] =
    "hjklgGdcurRtTyYsnNA!?:/1234567 aeiouq0x-*zypMdducu  wwW::::f[]{}P".map { .character($0) }
    + [
      .enter, .escape, .escape, .escape, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home,
      .end, .pageUp,
      .pageDown, .control("u"), .control("w"), .control("l"), .control("c"), .alt("y"), .insert, .function(3),
    ]
}

extension Driver {
  /// The same person, with an empty memory of effects.
  static func resumed(_ state: DashboardState) -> Driver {
    var driver = Driver(nil)
    driver.state = state
    return driver
  }
}

/// A small generator that gives the same walk for the same seed (xorshift64*).
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
}
