import Federation
import Resolution

/// The last walk of each name, so that one that says the same is not written again.
struct Walks {
  private var known: [DomainName: Trace] = [:]

  /// Whether a walk says anything else than the last one of its name; how long the answers took is nothing new.
  mutating func isNew(_ trace: Trace) -> Bool {
    var plain = trace
    for hop in plain.hops.indices {
      for answer in plain.hops[hop].answers.indices { plain.hops[hop].answers[answer].latency = .zero }
    }
    if known[trace.name] == plain { return false }
    if known.count >= 10_000 { known.removeAll() }
    known[trace.name] = plain
    return true
  }
}
