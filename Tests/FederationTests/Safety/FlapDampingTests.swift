import Federation
import Testing

/// flap-damping: growing waits on the way up, none on the way down, none for the first few.
@Suite struct FlapDampingTests {
  private let start = Timestamp(seconds: 1_000_000)
  private let limits = FlapDamping.Limits.default

  @Test func theFirstFourFailuresCostNothingAndTheFifthWaits() throws {
    var damping = FlapDamping()
    for index in 0..<4 {
      damping.fail(at: start + .seconds(Int64(index)), limits: limits)
      #expect(!damping.isHeld(at: start + .seconds(Int64(index))))
    }
    damping.fail(at: start + .seconds(4), limits: limits)
    #expect(damping.isHeld(at: start + .seconds(5)))
    let first = try #require(damping.until)
    #expect(first - start >= limits.minimumHold && first - start < .seconds(120))
    let sentence = try #require(damping.sentence(at: start + .seconds(5)))
    #expect(sentence.hasPrefix("damped: 5 failures in 5 s, returns at 1970-01-12T13:"))
    // Each further failure makes it longer, up to the longest.
    var last = first
    for index in 0..<60 {
      let now = last + .seconds(1)
      damping.settle(at: now, limits: limits)
      #expect(!damping.isHeld(at: now))
      damping.fail(at: now, limits: limits)
      guard let until = damping.until else { continue }
      #expect(until - now <= limits.maximumHold, "failure \(index)")
      last = until
    }
  }

  @Test func calmIsForgotten() {
    var damping = FlapDamping()
    for _ in 0..<6 { damping.fail(at: start, limits: limits) }
    let calm = start + .seconds(1_200)
    damping.settle(at: calm, limits: limits)
    #expect(damping.isQuiet && damping.sentence(at: calm) == nil)
    damping.fail(at: calm, limits: limits)
    #expect(!damping.isHeld(at: calm))
  }

  @Test func aWaitingShardIsKeptOutUnlessNothingElseAnswers() {
    var world = World([("z1", "r1", ["192.0.2.1"], 1), ("z2", "r1", ["192.0.2.2"], 0)])
    world.apply(world.plan())
    world.services[0].shards[1].readyEndpoints = 1
    var context = world.context
    context.damped = [World.nginx: ["z2": "damped: 5 failures in 9 s"]]
    let waiting = context.plan(world.services[0], published: world.published, window: nil).plan
    #expect(waiting.changes.isEmpty && waiting.verdicts[1].reason == .damped)
    #expect(waiting.held.map(\.rule) == [.flapDamping] && waiting.held[0].why.hasPrefix("damped: 5 failures"))
    world.services[0].shards[0].readyEndpoints = 0
    let needed = context.plan(world.services[0], published: world.published, window: nil).plan
    #expect(needed.verdicts[1].reason == .healthy && world.table(FederationPlan([needed])).contains("@ A 192.0.2.2"))
    // What serves goes on serving, and without the rule nothing waits.
    world.services[0].shards[0].readyEndpoints = 1
    world.rules = .all.without(.flapDamping)
    var free = world.context
    free.damped = context.damped
    #expect(!free.plan(world.services[0], published: world.published, window: nil).plan.changes.isEmpty)
  }
}

extension FederationPlan {
  fileprivate init(_ services: [ServicePlan]) {
    self = World().plan()
    self.services = services
  }
}
