import Control
import Federation
import Resolution

/// The traces that came, and the one that is under way.
struct Tracing: Sendable {
  struct Result: Sendable {
    var trace: Trace
    var at: Timestamp
    /// What was published when it was asked for; when that has changed, the answer is old.
    var published: [RecordSet]
    var isOutdated = false
  }
  private(set) var results: [DomainName: Result] = [:]
  private(set) var pending: (name: DomainName, since: Timestamp, published: [RecordSet])?

  /// How long an answer is shown before the servers are asked again.
  static let freshness: Duration = .seconds(5)
  /// After this a question counts as lost.
  static let patience: Duration = .seconds(15)
  static let limit = 64

  /// The question to ask now about a name, if one is due; it is then under way.
  mutating func question(about snapshot: NameSnapshot, now: Timestamp) -> RecordType? {
    if let pending, now - pending.since < Self.patience { return nil }
    if let known = results[snapshot.name], known.published == snapshot.published, !known.isOutdated,
      now - known.at < Self.freshness
    {
      return nil
    }
    pending = (snapshot.name, now, snapshot.published)
    let types = snapshot.published.map(\.type)
    return types.contains(.aaaa) && !types.contains(.a) ? .aaaa : .a
  }

  /// Makes every answer old: what is published somewhere on a chain has changed.
  mutating func outdate() {
    for name in results.keys { results[name]?.isOutdated = true }
  }

  /// Makes the next ``question(about:now:)`` due at once.
  mutating func forget(_ name: DomainName?) {
    if let name { results[name] = nil }
    pending = nil
  }

  /// Puts an answer that was recorded in place of what is known; nil forgets it.
  mutating func show(_ result: Result?, of name: DomainName) {
    results[name] = result
    pending = nil
  }

  mutating func receive(_ trace: Trace, now: Timestamp) {
    if results.count >= Self.limit { results.removeAll() }
    let published = pending?.name == trace.name ? pending?.published : nil
    let isNews = !says(trace)
    results[trace.name] = Result(
      trace: isNews ? trace : results[trace.name]?.trace ?? trace, at: now, published: published ?? [])
    if published != nil { pending = nil }
  }

  /// Whether an answer is neither new nor waited for.
  func knows(_ trace: Trace) -> Bool { pending == nil && says(trace) }

  private func says(_ trace: Trace) -> Bool { results[trace.name].map { trace.says($0.trace) } ?? false }
}

extension Trace {
  /// Below this a server is as quick as it ever is.
  private static let quick: Duration = .milliseconds(50)

  /// Whether another trace says the same, with servers that are about as quick: nothing that anybody would look at twice.
  func says(_ other: Trace) -> Bool {
    guard type == other.type, outcome == other.outcome, hops.count == other.hops.count else { return false }
    return zip(hops, other.hops).allSatisfy { one, two in
      one.name == two.name && one.answers.count == two.answers.count
        && zip(one.answers, two.answers).allSatisfy { new, old in
          new.server == old.server && new.content == old.content && new.ttl == old.ttl
            && new.latency <= max(Self.quick, old.latency * 2) && old.latency <= max(Self.quick, new.latency * 2)
        }
    }
  }
}
