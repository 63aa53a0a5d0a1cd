import Federation
import Testing

@Suite struct ClusterProbeTests {
  private func time(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  @Test func oneGoodProbeIsBelievedAndThreeBadOnesAre() {
    var probe = ClusterProbe(start: time(0))
    #expect(probe.condition == .unreachable)
    let outcomes: [(ClusterProbe.Outcome, ClusterCondition)] = [
      (.ready, .ready), (.notReady, .ready), (.unreachable, .ready), (.ready, .ready), (.notReady, .ready),
      (.notReady, .ready), (.notReady, .notReady), (.unreachable, .unreachable), (.notReady, .notReady),
      (.ready, .ready),
    ]
    for (second, (outcome, condition)) in outcomes.enumerated() {
      probe.record(outcome, at: time(Int64(second)))
      #expect(probe.condition == condition, "probe \(second)")
    }
    #expect(probe.since == time(9) && probe.lastHeard == time(9))
  }

  @Test func withdrawalNeedsTimeAndEvidence() {
    var probe = ClusterProbe(start: time(0))
    let failed = DataPlaneEvidence(votes: 2, needed: 2)
    let attempts: [(DataPlaneEvidence, Int64, Bool)] = [
      (failed, 59, false), (DataPlaneEvidence(votes: 1, needed: 2), 90, false),
      (DataPlaneEvidence(votes: 0, needed: 0), 90, false), (failed, 90, true),
    ]
    for (evidence, second, isWithdrawn) in attempts {
      let changed = probe.withdraw(on: evidence, after: .seconds(60), at: time(second))
      #expect(changed == isWithdrawn)
    }
    for second in 91..<100 { probe.record(.unreachable, at: time(Int64(second))) }
    #expect(probe.condition == .withdrawn && probe.since == time(90))
    probe.record(.ready, at: time(101))
    #expect(probe.condition == .ready)
    let isWithdrawn = probe.withdraw(on: failed, after: .zero, at: time(200))
    #expect(!isWithdrawn)
  }

  @Test func losingManyAtOnceIsTheObserversOwnBlindness() {
    var loss = ObserverLoss(window: .seconds(60))
    func isFrozen(members: Int, share: Double, at time: Timestamp) -> Bool {
      loss.judge(members: members, share: share, at: time) != nil
    }
    loss.lose("a", at: time(0))
    loss.lose("b", at: time(30))
    #expect(isFrozen(members: 4, share: 0.5, at: time(30)) == false)
    loss.lose("c", at: time(50))
    #expect(isFrozen(members: 4, share: 0.5, at: time(50)) == true)
    #expect(isFrozen(members: 4, share: 0.5, at: time(5_000)) == true)
    loss.find("c")
    #expect(isFrozen(members: 4, share: 0.5, at: time(5_001)) == false)
    loss.lose("d", at: time(6_000))
    #expect(isFrozen(members: 4, share: 0.5, at: time(6_000)) == false)
  }
}
