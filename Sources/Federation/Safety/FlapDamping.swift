/// How long one shard that comes and goes is kept out of DNS before it may return (rule flap-damping).
///
/// Damping only delays the way *up*: a shard that fails leaves at once, whatever its past. Each failure adds one to a
/// penalty that halves every ``Limits/halfLife``; above ``Limits/suppressAt`` a shard that is healthy again waits until
/// the penalty has sunk to ``Limits/reuseAt``, and in any case ``Limits/minimumHold`` after its last failure. The first
/// failures and recoveries are below the threshold and cost nothing.
package struct FlapDamping: Hashable, Sendable {
  /// The numbers, from `safety.flapDamping`.
  package struct Limits: Hashable, Sendable {
    /// The penalty above which a return waits; a failure counts one.
    package var suppressAt: Double
    /// The penalty at which it may return.
    package var reuseAt: Double
    package var halfLife: Duration
    /// The shortest wait once there is one.
    package var minimumHold: Duration
    /// The longest wait, however often it fell.
    package var maximumHold: Duration

    package static let `default` = Limits()

    package init(
      suppressAt: Double = 4, reuseAt: Double = 2, halfLife: Duration = .seconds(60),
      minimumHold: Duration = .seconds(10), maximumHold: Duration = .seconds(600)
    ) {
      self.suppressAt = suppressAt
      self.reuseAt = reuseAt
      self.halfLife = halfLife
      self.minimumHold = minimumHold
      self.maximumHold = maximumHold
    }
  }

  private var penalty = 0.0
  private var counted: Timestamp?
  private var failures: [Timestamp] = []
  /// Until when a return waits; nil when it need not.
  package private(set) var until: Timestamp?

  package init() {}

  /// Whether there is anything to remember.
  package var isQuiet: Bool { penalty < 0.01 && until == nil }

  /// Takes note that the shard has failed.
  package mutating func fail(at now: Timestamp, limits: Limits) {
    decay(to: now, limits)
    penalty += 1
    failures = failures.suffix(99).filter { now - $0 <= .seconds(600) } + [now]
    guard penalty > limits.suppressAt else { return }
    // From 2^(t/halfLife) = penalty / reuseAt.
    let wait = limits.halfLife * doublings(penalty / max(0.001, limits.reuseAt))
    until = now + min(max(wait, limits.minimumHold), limits.maximumHold)
  }

  /// Whether the shard must stay out though it is healthy.
  package func isHeld(at now: Timestamp) -> Bool { until.map { now < $0 } ?? false }

  /// Ends a wait that is over.
  package mutating func settle(at now: Timestamp, limits: Limits) {
    decay(to: now, limits)
    if let until, now >= until { self.until = nil }
  }

  /// For people: `damped: 5 failures in 2 min, returns at 2026-01-01T12:03:10Z`; nil when nothing waits.
  package func sentence(at now: Timestamp) -> String? {
    guard let until, now < until else { return nil }
    let seconds = failures.first.map { Int((now - $0).components.seconds) } ?? 0
    let span = seconds < 120 ? "\(max(1, seconds)) s" : "\(seconds / 60) min"
    let whole = Timestamp(seconds: until.nanoseconds / 1_000_000_000)
    return "damped: \(failures.count) failures in \(span), returns at \(whole)"
  }

  private mutating func decay(to now: Timestamp, _ limits: Limits) {
    defer { counted = now }
    guard let counted, now > counted else { return }
    penalty /= power(2, seconds(now - counted) / max(0.001, seconds(limits.halfLife)))
  }

  private func seconds(_ span: Duration) -> Double {
    Double(span.components.seconds) + Double(span.components.attoseconds) / 1e18
  }

  /// `base` to a power of at least zero, without a mathematics library: halves by whole steps, then linearly within one.
  private func power(_ base: Double, _ exponent: Double) -> Double {
    guard exponent < 60 else { return 1e18 }
    var result = 1.0
    for _ in 0..<Int(exponent) { result *= base }
    return result * (1 + exponent - exponent.rounded(.down))
  }

  /// How often a ratio doubles: the inverse of ``power(_:_:)``.
  private func doublings(_ ratio: Double) -> Double {
    var rest = ratio
    var count = 0.0
    while rest >= 2, count < 60 {
      rest /= 2
      count += 1
    }
    return count + max(0, rest - 1)
  }
}
