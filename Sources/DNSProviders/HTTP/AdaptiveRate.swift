/// How many requests a second a provider takes, found out by asking: up a little with every answer, halved when it says
/// that it is too much.
///
/// A token bucket whose rate is steered by additive increase and multiplicative decrease. A value: time is passed in, as
/// what has gone by since any fixed moment.
package struct AdaptiveRate: Hashable, Sendable {
  /// Requests a second now.
  package private(set) var perSecond: Double
  /// Never slower than this, so that a provider that recovers is noticed.
  package let floor: Double
  /// Never faster than this: what the provider documents.
  package let ceiling: Double
  /// How many requests may go at once after a rest.
  package let burst: Double
  private var tokens: Double
  private var updated: Duration = .zero

  package init(perSecond: Double, floor: Double = 0.2, ceiling: Double, burst: Double) {
    self.perSecond = perSecond
    self.floor = floor
    self.ceiling = ceiling
    self.burst = burst
    tokens = burst
  }

  /// Takes leave to send one request; else how long to wait before asking again.
  package mutating func take(at now: Duration) -> Duration? {
    refill(at: now)
    // A wait that was slept to the end may fall short by a rounding.
    guard tokens < 0.999 else {
      tokens -= 1
      return nil
    }
    return .seconds((1 - tokens) / perSecond)
  }

  /// The provider took a request.
  package mutating func accepted() { perSecond = min(ceiling, perSecond + ceiling / 50) }

  /// The provider refused a request as one too many; others that were under way will be refused as well and count once.
  package mutating func refused(at now: Duration) {
    refill(at: now)
    guard tokens > -1 else { return }
    perSecond = max(floor, perSecond / 2)
    tokens = -2
  }

  private mutating func refill(at now: Duration) {
    guard now > updated else { return }
    tokens = min(burst, tokens + (now - updated) / .seconds(1) * perSecond)
    updated = now
  }
}
