import Federation

/// The walk along a chain as a value: takes each hop as it was answered and says where to go next, or why to stop.
struct TraceWalk: Sendable {
  let name: DomainName
  let type: RecordType
  private(set) var hops: [Hop] = []
  private(set) var outcome: Trace.Outcome?
  private var passed: Set<DomainName>
  /// Where to ask now; nothing more once there is an outcome.
  private(set) var current: DomainName

  /// Resolvers follow this many CNAMEs and fail at the next: BIND, Unbound and PowerDNS Recursor, measured.
  static let longestChain = 11

  init(_ name: DomainName, _ type: RecordType) {
    self.name = name
    self.type = type
    current = name
    passed = [name]
  }

  var trace: Trace {
    Trace(name: name, type: type, hops: hops, outcome: outcome ?? .failed("the walk was not finished"))
  }

  /// Takes what the servers said of ``current``. Where they differ, the first usable answer in the servers' order leads
  /// on; the hop keeps them all.
  mutating func take(_ answers: [ServerAnswer]) {
    hops.append(Hop(name: current, answers: answers))
    guard let content = answers.map(\.content).first(where: \.isUsable) else {
      outcome = .failed(Self.failure(answers, at: current))
      return
    }
    switch content {
    case .addresses(let addresses): outcome = .addresses(addresses)
    case .noSuchName: outcome = .missing(current)
    case .noData: outcome = .empty(current)
    case .failure(let reason): outcome = .failed(reason)
    case .cname(let target):
      guard passed.insert(target).inserted else {
        outcome = .loop(target)
        return
      }
      guard hops.count <= Self.longestChain else {
        outcome = .tooLong
        return
      }
      current = target
    }
  }

  private static func failure(_ answers: [ServerAnswer], at name: DomainName) -> String {
    let reasons = answers.compactMap { answer in
      if case .failure(let reason) = answer.content { "\(answer.server): \(reason)" } else { nil }
    }
    return reasons.isEmpty
      ? "no server to ask for \(name): name one" : "no server answered for \(name): \(reasons.joined(separator: "; "))"
  }
}

extension ServerAnswer.Content {
  /// Whether a chain can be followed by it.
  fileprivate var isUsable: Bool { if case .failure = self { false } else { true } }
}
