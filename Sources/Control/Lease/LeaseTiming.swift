/// How long a lease lasts, and how its holder and the others keep time with it.
package struct LeaseTiming: Hashable, Sendable {
  /// How long others leave a lease alone that they have not seen change.
  package var duration: Duration
  /// How long after the last renewal its holder goes on writing; the difference to ``duration`` is the safety margin.
  package var renewDeadline: Duration
  /// The pause between two tries.
  package var retryPeriod: Duration

  package static let `default` = LeaseTiming()

  package init(
    duration: Duration = .seconds(15), renewDeadline: Duration = .seconds(10), retryPeriod: Duration = .seconds(2)
  ) {
    self.duration = duration
    self.renewDeadline = renewDeadline
    self.retryPeriod = retryPeriod
  }

  /// What is wrong with it, one line; nil when it is safe.
  ///
  /// The deadline lies at least a tenth below the duration: monotonic clocks differ by far less.
  package var refusal: String? {
    guard retryPeriod >= .milliseconds(50) else { return "safety.lease.retryPeriod must be at least 50ms" }
    guard retryPeriod * 2 <= renewDeadline else {
      return "safety.lease.renewDeadline must be at least twice retryPeriod, so that one lost answer loses no lease"
    }
    guard renewDeadline * 10 <= duration * 9 else {
      return
        "safety.lease.renewDeadline must lie at least a tenth below duration: a leader stops before another may begin"
    }
    guard duration >= .seconds(1), duration <= .seconds(600) else {
      return "safety.lease.duration must lie between 1s and 10m"
    }
    return nil
  }
}
