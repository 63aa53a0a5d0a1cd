import Control
import Federation

/// Two processes that want to lead, the lease between them, and clocks that do not go alike.
struct LeaseModel {
  static let wall = SmallWorld.now
  /// How long one tick of true time is.
  static let tick: Duration = ExplorerTests.depth == nil ? .seconds(1) : .milliseconds(500)

  /// How fast each process's clock goes.
  let rates: [Double]
  var ticks = 0
  var candidates: [Candidate]
  var lease: LeaseRecord?
  var versions = 0
  /// Writes that nobody waits for any more, and that may still arrive.
  var strays: [Write] = []
  var losses = 0
  var deletions = 0

  /// A process: its election, and the one request that it waits for.
  struct Candidate {
    var election: LeaseElection
    var request: Request?
    /// On its own clock.
    var sleepsUntil: Duration = .zero
  }

  enum Request: Hashable {
    case read
    case found(LeaseRecord?)
    case write(Write)
    case written(Write, LeaseElection.WriteResult)
  }

  struct Write: Hashable {
    var record: LeaseRecord
    var isCreation: Bool
    /// When it was sent, on the sender's clock.
    var sent: Duration
  }

  init(rates: [Double], timing: LeaseTiming, rules: SafetyRules) {
    self.rates = rates
    candidates = ["A/1", "B/1"].map {
      Candidate(election: LeaseElection(identity: $0, timing: timing, rules: rules))
    }
  }

  /// What a process's own clock shows.
  func uptime(_ index: Int) -> Duration { Self.tick * ticks * rates[index] }

  func mayWrite(_ index: Int) -> Bool { candidates[index].election.mayWrite(at: uptime(index)) }

  /// Two worlds with the same one go on alike.
  var key: String { "\(ticks) \(candidates) \(String(describing: lease)) \(strays) \(losses) \(deletions)" }

  // MARK: What processes do

  /// Whether a process could do something of its own accord now.
  func canAct(_ index: Int) -> Bool {
    candidates[index].request == nil && uptime(index) >= candidates[index].sleepsUntil
  }

  mutating func act(_ index: Int) {
    carryOut(candidates[index].election.next(at: uptime(index), wall: Self.wall), index)
  }

  private mutating func carryOut(_ step: LeaseElection.Step, _ index: Int) {
    switch step {
    case .read: candidates[index].request = .read
    case .create(let record):
      candidates[index].request = .write(Write(record: record, isCreation: true, sent: uptime(index)))
    case .replace(let record):
      candidates[index].request = .write(Write(record: record, isCreation: false, sent: uptime(index)))
    case .wait(let span): candidates[index].sleepsUntil = uptime(index) + span
    case .end: candidates[index].sleepsUntil = .seconds(1_000_000)
    }
  }

  /// The answer reaches the process.
  mutating func answer(_ index: Int) {
    let now = uptime(index)
    guard let request = candidates[index].request else { return }
    candidates[index].request = nil
    switch request {
    case .found(let record):
      carryOut(candidates[index].election.found(record, at: now, wall: Self.wall), index)
    case .written(let write, let result):
      candidates[index].election.wrote(write.record, result, sent: write.sent, at: now)
    case .read, .write: break
    }
  }

  /// The process waits no longer; what it wrote may still arrive.
  mutating func giveUp(_ index: Int) {
    let now = uptime(index)
    losses += 1
    switch candidates[index].request {
    case .write(let write)?:
      strays.append(write)
      candidates[index].election.wrote(write.record, .unknown, sent: write.sent, at: now)
    case .written(let write, _)?:
      candidates[index].election.wrote(write.record, .unknown, sent: write.sent, at: now)
    default: break
    }
    candidates[index].request = nil
  }

  // MARK: What the API server does

  /// The request reaches the API server; false when there is none on its way.
  mutating func arrive(_ index: Int) -> Bool {
    switch candidates[index].request {
    case .read?: candidates[index].request = .found(lease)
    case .write(let write)?: candidates[index].request = .written(write, store(write))
    default: return false
    }
    return true
  }

  mutating func store(_ write: Write) -> LeaseElection.WriteResult {
    guard write.isCreation ? lease == nil : lease?.version == write.record.version else { return .conflict }
    versions += 1
    lease = write.record
    lease?.version = "\(versions)"
    return .stored(version: "\(versions)")
  }
}
