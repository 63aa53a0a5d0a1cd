import Control
import Federation

/// Three processes and one lease, in steps of a tenth of a second of true time: requests and replies take their time and
/// get lost, processes are paused and killed, their clocks run up to two percent apart and show any wall time.
struct LeaseWorld {
  private struct Process {
    var election: LeaseElection
    var rate: Double
    var origin: Double
    var wall: Int64
    var pausedUntil = 0
    /// What is under way: it reaches the store at `arrives`, and the answer the process at `answered`.
    var request: Request?
    var sleepsUntil: Duration = .zero
  }

  private struct Request {
    var step: LeaseElection.Step
    var sent: Duration
    var arrives: Int
    var answered: Int
    var isLost: Bool
    var found: LeaseRecord?
    var result: LeaseElection.WriteResult = .unknown
    var hasArrived = false
  }

  private var random: Numbers
  private let rules: SafetyRules
  private var lease: LeaseRecord?
  private var version = 0
  private var processes: [Process] = []
  private var lives = 0
  private(set) var mostWriters = 0
  /// Fencing tokens in the order in which they came into force.
  private(set) var terms: [UInt64] = []

  init(seed: UInt64, rules: SafetyRules) {
    random = Numbers(state: seed &* 7_919 &+ 13)
    self.rules = rules
    for _ in 0..<3 { processes.append(born()) }
  }

  private mutating func born() -> Process {
    lives += 1
    return Process(
      election: LeaseElection(identity: "process/\(lives)", timing: .default, rules: rules),
      rate: Double.random(in: 0.98...1.02, using: &random), origin: Double.random(in: 0...1e5, using: &random),
      wall: Int64.random(in: -600...600, using: &random))
  }

  mutating func run(steps: Int) {
    for tick in 0..<steps {
      for index in processes.indices { step(index, tick) }
      let writers = processes.filter { $0.election.mayWrite(at: uptime($0, tick)) }
      mostWriters = max(mostWriters, writers.count)
      if let term = writers.first?.election.term, terms.last != term { terms.append(term) }
    }
  }

  private func uptime(_ process: Process, _ tick: Int) -> Duration {
    .milliseconds(Int64((process.origin + Double(tick) * 0.1 * process.rate) * 1_000))
  }

  private mutating func step(_ index: Int, _ tick: Int) {
    deliver(index, tick)
    guard tick >= processes[index].pausedUntil else { return }
    if Int.random(in: 0..<600, using: &random) == 0 {
      processes[index].pausedUntil = tick + Int.random(in: 1...400, using: &random)
      return
    }
    if Int.random(in: 0..<1_500, using: &random) == 0 {
      processes[index] = born()
      return
    }
    if Int.random(in: 0..<1_200, using: &random) == 0 { processes[index].election.stop() }
    let now = uptime(processes[index], tick)
    let wall = Timestamp(seconds: 1_767_225_600 + processes[index].wall + Int64(tick / 10))
    if let request = processes[index].request {
      guard tick >= request.answered else { return }
      processes[index].request = nil
      switch request.step {
      case .read where request.isLost: processes[index].sleepsUntil = now + .seconds(2)
      case .read: take(processes[index].election.found(request.found, at: now, wall: wall), index, now, tick)
      case .create(let record), .replace(let record):
        processes[index].election.wrote(
          record, request.isLost ? .unknown : request.result, sent: request.sent, at: now)
      case .wait, .end: break
      }
      return
    }
    guard now >= processes[index].sleepsUntil else { return }
    take(processes[index].election.next(at: now, wall: wall), index, now, tick)
  }

  private mutating func take(_ step: LeaseElection.Step, _ index: Int, _ now: Duration, _ tick: Int) {
    switch step {
    case .wait(let time): processes[index].sleepsUntil = now + time
    case .end: processes[index] = born()
    case .read, .create, .replace:
      let arrives = tick + Int.random(in: 0...(Int.random(in: 0..<8, using: &random) == 0 ? 120 : 3), using: &random)
      processes[index].request = Request(
        step: step, sent: now, arrives: arrives, answered: arrives + Int.random(in: 0...30, using: &random),
        isLost: Int.random(in: 0..<10, using: &random) == 0)
    }
  }

  /// What reaches the store happens there whether or not the sender lives, is paused, or hears of it.
  private mutating func deliver(_ index: Int, _ tick: Int) {
    guard var request = processes[index].request, !request.hasArrived, tick >= request.arrives else { return }
    request.hasArrived = true
    switch request.step {
    case .read: request.found = lease
    case .create(let record): request.result = lease == nil ? store(record) : .conflict
    case .replace(let record): request.result = lease?.version == record.version ? store(record) : .conflict
    case .wait, .end: break
    }
    processes[index].request = request
  }

  private mutating func store(_ record: LeaseRecord) -> LeaseElection.WriteResult {
    version += 1
    lease = record
    lease?.version = "\(version)"
    return .stored(version: "\(version)")
  }

  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }
}
