import Control
import Federation
import Testing

@Suite("The lease (rule single-writer)")
struct LeaseElectionTests {
  @Test("Two candidates, crashes, pauses, lost replies and clocks that run apart: never two writers", arguments: 0..<40)
  func neverTwoWriters(seed: UInt64) {
    var world = LeaseWorld(seed: seed, rules: .all)
    world.run(steps: 6_000)
    #expect(world.mostWriters == 1)
    #expect(world.terms.count > 2, "leadership must change hands for this to prove anything")
    #expect(world.terms == world.terms.sorted(), "fencing tokens only grow")
    #expect(Set(world.terms).count == world.terms.count)
  }

  @Test("Without the rule two of them write")
  func withoutTheRule() {
    var world = LeaseWorld(seed: 1, rules: .all.without(.singleWriter))
    world.run(steps: 100)
    #expect(world.mostWriters > 1)
  }

  private let wall = Timestamp(seconds: 1_767_225_600)

  private func elected(_ identity: String = "a/1", version: String = "1") -> LeaseElection {
    var election = LeaseElection(identity: identity, timing: .default)
    guard case .create(let record) = election.found(nil, at: .zero, wall: wall) else { return election }
    election.wrote(record, .stored(version: version), sent: .zero, at: .milliseconds(20))
    return election
  }

  @Test("A leader that hears nothing stops before its lease can be taken, also when it slept through it")
  func stopsInTime() {
    let election = elected()
    #expect(election.term == 1)
    #expect(election.mayWrite(at: .milliseconds(9_999)))
    #expect(!election.mayWrite(at: .seconds(10)))
    // SIGSTOP for a minute: the value was never told, and says no all the same.
    #expect(!election.mayWrite(at: .seconds(60)))
  }

  @Test("A lease is taken only a whole duration after it was seen to change, whatever its wall clock says")
  func takesOver() throws {
    var second = LeaseElection(identity: "b/2", timing: .default)
    var held = LeaseRecord(
      holder: "a/1", transitions: 4, durationSeconds: 15, acquired: wall + .seconds(-600),
      renewed: wall + .seconds(-600), version: "9")
    #expect(second.found(held, at: .seconds(100), wall: wall) == .wait(.seconds(2)))
    #expect(second.otherHolder(at: .seconds(101)) == "a/1")
    held.version = "10"
    #expect(second.found(held, at: .seconds(110), wall: wall) == .wait(.seconds(2)))
    #expect(second.found(held, at: .seconds(124), wall: wall) == .wait(.seconds(2)))
    guard case .replace(let record) = second.found(held, at: .seconds(125), wall: wall) else {
      Issue.record("expected the lease to be taken")
      return
    }
    #expect(record.transitions == 5 && record.holder == "b/2" && record.version == "10")
    second.wrote(record, .stored(version: "11"), sent: .seconds(125), at: .seconds(126))
    #expect(second.mayWrite(at: .seconds(126)) && second.mayHavePausedPredecessor)
    let deadline = try #require(second.deadline)
    #expect(deadline == .seconds(135))
  }

  @Test("A lease that was given back is taken at once, and its predecessor is known to have stopped")
  func release() {
    var first = elected()
    first.stop()
    guard case .replace(let released) = first.next(at: .seconds(1), wall: wall) else {
      Issue.record("expected the lease to be given back")
      return
    }
    #expect(released.holder.isEmpty)
    #expect(!first.mayWrite(at: .seconds(1)), "nothing is written once giving back has begun")
    first.wrote(released, .stored(version: "2"), sent: .seconds(1), at: .seconds(1))
    #expect(first.next(at: .seconds(1), wall: wall) == .end)
    var second = LeaseElection(identity: "b/2", timing: .default)
    var record = released
    record.version = "2"
    guard case .replace(let taken) = second.found(record, at: .seconds(7), wall: wall) else {
      Issue.record("expected the lease to be taken")
      return
    }
    second.wrote(taken, .stored(version: "3"), sent: .seconds(7), at: .seconds(7))
    #expect(second.term == 2 && !second.mayHavePausedPredecessor)
  }

  @Test("A lease that somebody deleted is waited for as if it were there")
  func deleted() {
    var second = LeaseElection(identity: "b/2", timing: .default)
    let held = LeaseRecord(
      holder: "a/1", transitions: 4, durationSeconds: 15, acquired: wall, renewed: wall, version: "9")
    _ = second.found(held, at: .seconds(1), wall: wall)
    #expect(second.found(nil, at: .seconds(3), wall: wall) == .wait(.seconds(2)))
    #expect(second.found(nil, at: .seconds(17), wall: wall) == .wait(.seconds(2)))
    guard case .create(let record) = second.found(nil, at: .seconds(18), wall: wall) else {
      Issue.record("expected a new lease")
      return
    }
    #expect(record.transitions == 5)
  }

  @Test("Who only looks never takes it")
  func looksOn() {
    var reader = LeaseElection(identity: "c/3", timing: .default, isCandidate: false)
    #expect(reader.found(nil, at: .zero, wall: wall) == .wait(.seconds(2)))
    let held = LeaseRecord(
      holder: "a/1", transitions: 4, durationSeconds: 15, acquired: wall, renewed: wall, version: "9")
    #expect(reader.found(held, at: .zero, wall: wall) == .wait(.seconds(2)))
    #expect(reader.found(held, at: .seconds(100), wall: wall) == .wait(.seconds(2)))
    #expect(reader.otherHolder(at: .seconds(14)) == "a/1")
    #expect(reader.otherHolder(at: .seconds(100)) == nil)
    #expect(!reader.mayWrite(at: .seconds(100)))
  }

  @Test("Timings that would allow two writers are refused")
  func timings() {
    #expect(LeaseTiming.default.refusal == nil)
    #expect(LeaseTiming(duration: .seconds(10), renewDeadline: .seconds(10)).refusal != nil)
    #expect(LeaseTiming(duration: .seconds(15), renewDeadline: .seconds(3)).refusal != nil)
  }
}
