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
    if let known = results[snapshot.name], known.published == snapshot.published, now - known.at < Self.freshness {
      return nil
    }
    pending = (snapshot.name, now, snapshot.published)
    let types = snapshot.published.map(\.type)
    return types.contains(.aaaa) && !types.contains(.a) ? .aaaa : .a
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
    results[trace.name] = Result(trace: trace, at: now, published: published ?? [])
    if published != nil { pending = nil }
  }
}
