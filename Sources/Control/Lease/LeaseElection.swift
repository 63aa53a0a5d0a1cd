package import Federation

/// Who may write DNS, as one process knows it (rule single-writer): a state machine over a Lease at the federation API.
///
/// A value without clock or I/O. `uptime` is this process's own monotonic clock with any origin; wall clocks appear only
/// in what people read. Two promises make one writer: a holder stops ``LeaseTiming/renewDeadline`` after it *sent* its
/// last renewal that was answered, and everybody else waits the whole ``LeaseTiming/duration`` after they *saw* the
/// lease change last. What is seen was sent before, so the holder has stopped when another begins, as long as their
/// clocks do not run apart by the ratio of the two. A process that slept through its deadline finds that out by asking
/// ``mayWrite(at:)``, which it does before each commit.
package struct LeaseElection: Sendable {
  package let identity: String
  package let timing: LeaseTiming
  private let rules: SafetyRules
  /// The lease as last seen, and when this process saw it change.
  private var seen: (record: LeaseRecord, since: Duration)?
  /// When a lease that had been there was first seen to be gone.
  private var missingSince: Duration?
  private var tenure: Tenure?
  private var isStopping = false
  /// Whether a write failed, so that what is seen may no longer be there.
  private var mustRead = false
  /// Whether this process wants to hold it; others only look who does.
  package let isCandidate: Bool

  /// A time in office, from its first answered write on.
  private struct Tenure: Sendable {
    var term: UInt64
    /// When the last answered renewal was sent.
    var renewed: Duration
    var acquired: Timestamp
    var isInherited: Bool
  }

  /// What the shell does next; it hands back what came of it and asks again.
  package enum Step: Hashable, Sendable {
    case read
    /// Create the lease.
    case create(LeaseRecord)
    /// Replace the lease, only if its version is still the record's.
    case replace(LeaseRecord)
    /// Do nothing for so long.
    case wait(Duration)
    /// It is over: stop asking.
    case end
  }

  /// What came of a write.
  package enum WriteResult: Hashable, Sendable {
    /// Stored, with this version.
    case stored(version: String)
    /// Somebody else wrote before.
    case conflict
    /// No answer: it may have been stored or not.
    case unknown
  }

  /// - Parameter identity: of this process alone, also among processes on hosts of the same name.
  package init(identity: String, timing: LeaseTiming, isCandidate: Bool = true, rules: SafetyRules = .all) {
    self.identity = identity
    self.timing = timing
    self.isCandidate = isCandidate
    self.rules = rules
  }

  /// Whether this process may send a commit now. Without the rule it always may.
  package func mayWrite(at uptime: Duration) -> Bool {
    guard rules.contains(.singleWriter) else { return true }
    return tenure.map { uptime < $0.renewed + timing.renewDeadline } ?? false
  }

  /// The fencing token of the time in office; nil out of office.
  package var term: UInt64? { tenure?.term }

  /// Whether the lease was taken from a holder that did not give it back: it may be paused rather than dead, so that
  /// its generation is taken at every service before it can wake (rule fenced).
  package var mayHavePausedPredecessor: Bool { tenure?.isInherited ?? false }

  /// Until when this process may write, on its own clock; nil out of office.
  package var deadline: Duration? { tenure.map { $0.renewed + timing.renewDeadline } }

  /// Whether the lease was ever looked for with an answer.
  package private(set) var hasLooked = false

  /// The holder as last seen, other than this process; nil when there is none, it is this one, or it has run out.
  package func otherHolder(at uptime: Duration) -> String? {
    guard tenure == nil, let seen, !isFree(seen, at: uptime) else { return nil }
    return seen.record.holder
  }

  /// What to do now.
  ///
  /// - Parameter wall: what people read in the lease.
  package mutating func next(at uptime: Duration, wall: Timestamp) -> Step {
    if let tenure, uptime >= tenure.renewed + timing.renewDeadline { self.tenure = nil }
    guard let seen, !mustRead, missingSince == nil else { return isStopping ? .end : .read }
    if isStopping {
      guard let tenure, seen.record.holder == identity else { return .end }
      self.tenure = nil
      var released = seen.record
      released.holder = ""
      released.transitions = tenure.term
      released.renewed = wall
      return .replace(released)
    }
    if let tenure {
      let due = tenure.renewed + timing.retryPeriod
      guard uptime >= due else { return .wait(due - uptime) }
      return .replace(record(term: tenure.term, acquired: tenure.acquired, wall, version: seen.record.version))
    }
    guard isCandidate, isFree(seen, at: uptime) else { return .read }
    return .replace(record(term: seen.record.transitions + 1, acquired: wall, wall, version: seen.record.version))
  }

  private func isFree(_ seen: (record: LeaseRecord, since: Duration), at uptime: Duration) -> Bool {
    if seen.record.holder.isEmpty || seen.record.holder == identity { return true }
    // Both sides' idea of the duration is respected: configurations may differ while one is rolled out.
    let duration = max(timing.duration, .seconds(min(max(1, seen.record.durationSeconds), 3_600)))
    return uptime - seen.since >= duration
  }

  private func record(term: UInt64, acquired: Timestamp, _ wall: Timestamp, version: String) -> LeaseRecord {
    LeaseRecord(
      holder: identity, transitions: term, durationSeconds: Int(timing.duration.components.seconds),
      acquired: acquired, renewed: wall, version: version)
  }

  /// Takes what a read found; nil when there is no lease yet.
  ///
  /// - Parameter uptime: when the answer had arrived.
  /// - Returns: what to do about it.
  package mutating func found(_ record: LeaseRecord?, at uptime: Duration, wall: Timestamp) -> Step {
    mustRead = false
    hasLooked = true
    guard let record else {
      tenure = nil
      guard isCandidate, !isStopping else { return isStopping ? .end : .wait(timing.retryPeriod) }
      // Somebody deleted a lease whose holder may not know it yet: it is waited for as if the lease were there.
      if seen != nil, missingSince == nil { missingSince = uptime }
      if let missingSince, uptime - missingSince < timing.duration { return .wait(timing.retryPeriod) }
      return .create(self.record(term: (seen?.record.transitions ?? 0) + 1, acquired: wall, wall, version: ""))
    }
    missingSince = nil
    if seen?.record.version != record.version { seen = (record, uptime) }
    if record.holder != identity { tenure = nil }
    if isStopping { return next(at: uptime, wall: wall) }
    guard tenure != nil || (isCandidate && isFree(seen ?? (record, uptime), at: uptime)) else {
      return .wait(timing.retryPeriod)
    }
    return next(at: uptime, wall: wall)
  }

  /// Takes what came of a write.
  ///
  /// - Parameter sent: when the request was handed to the network, which the time in office counts from.
  package mutating func wrote(_ record: LeaseRecord, _ result: WriteResult, sent: Duration, at uptime: Duration) {
    switch result {
    case .stored(let version):
      mustRead = false
      missingSince = nil
      let before = seen?.record
      var stored = record
      stored.version = version
      seen = (stored, uptime)
      guard stored.holder == identity else {
        tenure = nil
        return
      }
      let isInherited =
        tenure.map { $0.term == stored.transitions && $0.isInherited } == true
        || (tenure == nil && before.map { !$0.holder.isEmpty && $0.holder != identity } == true)
      tenure = Tenure(term: stored.transitions, renewed: sent, acquired: stored.acquired, isInherited: isInherited)
    case .conflict, .unknown:
      // What is there now decides; until it was read, the time in office lasts no longer than its deadline.
      mustRead = true
    }
  }

  /// Begins to give the lease back: the next step writes that, and from then on nothing else is written.
  package mutating func stop() { isStopping = true }
}
